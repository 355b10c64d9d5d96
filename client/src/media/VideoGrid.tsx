import { createEffect, createMemo, createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { Participant, ParticipantId } from "@darasa/protocol";
import { useI18n } from "../i18n/I18n.tsx";
import type { Media } from "./createMedia.ts";
import type { PictureInPicture } from "./createPictureInPicture.ts";
import { createSpeaker } from "./createSpeaker.ts";
import { createWantedPictures } from "./createWantedPictures.ts";
import { gridLayout, type TileRect } from "./gridLayout.ts";
import { featuredTile, firstSpeaker, keepSenders, sortTiles, type Tile } from "./sortTiles.ts";
import type { ScreenOverlay } from "./ScreenPicture.tsx";
import { VideoTile } from "./VideoTile.tsx";
import styles from "./VideoGrid.module.css";

export interface VideoGridProps {
  readonly media: Media;
  /** Who is present in the class. */
  readonly people: readonly Participant[];
  /** Id of the tile (`sortTiles`) that the person wants to see large. */
  readonly pinned?: string | null | undefined;
  /** Given: tiles have a button; called with the tile to show large, or null for none. */
  readonly onPin?: ((tileId: string | null) => void) | undefined;
  /** `speaker`: who speaks is large; `grid`: all are alike, but for what is shared or shown to all. */
  readonly arrangement: "speaker" | "grid";
  /** Whom the teacher wants all to see large. */
  readonly spotlight: ParticipantId | null;
  /** Tells of a poor line of somebody: for those who can do something about it. */
  readonly showsQuality: boolean;
  /** What lies over the picture of a shared screen. */
  readonly screenOverlay?: ScreenOverlay | undefined;
  /** Follows what is large. */
  readonly pictureInPicture: PictureInPicture;
}

const gapPixels = 8;

/**
 * Everybody on video, oneself included, as large as the place lets them be: a stage or a strip. The owner gives
 * the place its size. Renders nothing while nobody is there. Plays no sound: see `RemoteAudio`.
 */
export function VideoGrid(props: VideoGridProps): JSX.Element {
  const { t } = useI18n();
  const people = createMemo<readonly Participant[]>(
    (before) => keepSenders(props.people, before, props.media.state.remotes),
    [],
  );
  const tiles = createMemo(() =>
    sortTiles({ people: people(), selfId: props.media.selfId, media: props.media.state }),
  );
  // Rows of ids keep their elements when a tile changes: a picture that is moved would go black.
  const ids = createMemo(() => tiles().map((tile) => tile.id));
  const speaker = createSpeaker(() => props.media);
  const featured = createMemo(() =>
    featuredTile(tiles(), {
      pinnedId: props.pinned ?? null,
      spotlight: props.spotlight,
      speaker: props.arrangement === "speaker" ? (speaker() ?? firstSpeaker(tiles())) : null,
    }),
  );
  const [space, measure] = createMeasuredSpace();
  const rects = createMemo((): ReadonlyMap<string, TileRect> => {
    const index = tiles().findIndex((tile) => tile.id === featured()?.id);
    const placed = gridLayout(ids().length, index < 0 ? null : index, { ...space(), gapPixels });
    return new Map(ids().flatMap((id, at) => (placed[at] === undefined ? [] : [[id, placed[at]]])));
  });
  createWantedPictures(() => props.media, {
    tiles,
    widthOf: (id) => rects().get(id)?.widthPixels ?? 0,
    beside: () => props.pictureInPicture.openTile(),
  });
  createEffect(() => props.pictureInPicture.setPicture(pictureOf(featured(), tiles())));
  const isAlone = (): boolean => tiles().every((tile) => tile.isSelf);

  return (
    <Show when={ids().length > 0}>
      <div ref={measure} class={styles.grid}>
        <ul class={styles.tiles} aria-label={t("media.videos")}>
          <For each={ids()}>
            {(id) => (
              <Show when={tiles().find((tile) => tile.id === id)}>
                {(tile) => (
                  <li class={styles.place} style={placeStyle(rects().get(id))} data-tile={id}>
                    <VideoTile
                      tile={tile()}
                      media={props.media}
                      isPinned={props.pinned === id}
                      showsQuality={props.showsQuality}
                      screenOverlay={props.screenOverlay}
                      onPin={pinAction(props, id, featured())}
                    />
                    <Show when={isAlone() && tile().kind === "person"}>
                      <p class={styles.alone}>{t("media.alone")}</p>
                    </Show>
                  </li>
                )}
              </Show>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}

/** Nothing for what is large by itself: a shared screen that is not pinned has nothing to go back to. */
function pinAction(
  props: VideoGridProps,
  id: string,
  featured: Tile | null,
): (() => void) | undefined {
  const { onPin, pinned } = props;
  if (onPin === undefined || (featured?.id === id && pinned !== id)) return undefined;
  return () => onPin(pinned === id ? null : id);
}

/** The large tile's picture, else the first of the others that has one. */
function pictureOf(
  featured: Tile | null,
  tiles: readonly Tile[],
): { readonly tileId: string; readonly stream: MediaStream } | null {
  for (const tile of featured === null ? tiles : [featured, ...tiles]) {
    const stream = tile.kind === "screen" ? tile.remote?.screen : tile.remote?.camera;
    if (stream != null) return { tileId: tile.id, stream };
  }
  return null;
}

function placeStyle(rect: TileRect | undefined): JSX.CSSProperties {
  if (rect === undefined) return {};
  return {
    left: `${rect.leftPixels}px`,
    top: `${rect.topPixels}px`,
    width: `${rect.widthPixels}px`,
    height: `${rect.heightPixels}px`,
  };
}

interface MeasuredSpace {
  readonly widthPixels: number;
  readonly heightPixels: number;
}

function createMeasuredSpace(): [() => MeasuredSpace, (element: HTMLElement) => void] {
  const [space, setSpace] = createSignal<MeasuredSpace>({ widthPixels: 0, heightPixels: 0 });
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    setSpace({ widthPixels: Math.floor(width), heightPixels: Math.floor(height) });
  });
  onCleanup(() => observer.disconnect());
  return [space, (element) => observer.observe(element)];
}
