import { createMemo, createSignal, For, onCleanup, Show, type JSX } from "solid-js";
import type { Participant } from "@darasa/protocol";
import { useI18n } from "../i18n/I18n.tsx";
import type { Media } from "./createMedia.ts";
import { gridLayout, type TileRect } from "./gridLayout.ts";
import { featuredTile, keepSenders, sortTiles, type Tile } from "./sortTiles.ts";
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
  const featured = createMemo(() => featuredTile(tiles(), props.pinned ?? null));
  const [space, measure] = createMeasuredSpace();
  const rects = createMemo((): ReadonlyMap<string, TileRect> => {
    const index = tiles().findIndex((tile) => tile.id === featured()?.id);
    const placed = gridLayout(ids().length, index < 0 ? null : index, { ...space(), gapPixels });
    return new Map(ids().flatMap((id, at) => (placed[at] === undefined ? [] : [[id, placed[at]]])));
  });
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
