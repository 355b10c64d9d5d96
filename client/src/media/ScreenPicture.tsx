import MonitorUp from "lucide-solid/icons/monitor-up";
import { createSignal, Show, type Component, type JSX } from "solid-js";
import { Dynamic } from "solid-js/web";
import type { Participant } from "@darasa/protocol";
import { useI18n } from "../i18n/I18n.tsx";
import { Button } from "../ui/Button.tsx";
import type { Media } from "./createMedia.ts";
import type { Tile } from "./sortTiles.ts";
import { StreamVideo } from "./StreamVideo.tsx";
import styles from "./VideoTile.module.css";

/** A shared screen, as what lies over it needs to know it. */
export interface ShownScreen {
  /** Who shares it. */
  readonly person: Participant;
  /** One's own is not shown: only the place that it would have. */
  readonly isSelf: boolean;
  /** Width to height of the picture, which its tile shows whole, in its middle. */
  readonly ratio: number;
}

/** What lies over a shared screen: a part that may take all of the tile. */
export type ScreenOverlay = Component<ShownScreen>;

interface ScreenPictureProps {
  readonly tile: Tile;
  readonly media: Media;
  readonly overlay?: ScreenOverlay | undefined;
}

/** What a person shares, whole, and what lies over it as soon as its size is known. */
export function ScreenPicture(props: ScreenPictureProps): JSX.Element {
  const [arrived, setArrived] = createSignal<number | null>(null);
  const ratio = (): number | null => (props.tile.isSelf ? ownRatio(props.media) : arrived());
  const stream = (): MediaStream | null => props.tile.remote?.screen ?? null;
  return (
    <>
      <Show when={props.tile.isSelf}>
        <OwnScreen media={props.media} />
      </Show>
      <Show when={stream()}>
        {(shown) => <StreamVideo stream={shown()} whole onRatio={setArrived} />}
      </Show>
      <Show when={ratio() !== null && props.overlay}>
        {(overlay) => (
          <Dynamic
            component={overlay()}
            person={props.tile.person}
            isSelf={props.tile.isSelf}
            ratio={ratio() ?? 1}
          />
        )}
      </Show>
    </>
  );
}

/** Of what is captured now: a window that is shared may change its size. */
function ownRatio(media: Media): number {
  const settings = media.state.local.screen.stream?.getVideoTracks()[0]?.getSettings();
  const { width = 16, height = 9 } = settings ?? {};
  return width / height;
}

/** One's own screen is not shown to oneself: it would show itself within itself. */
function OwnScreen(props: { readonly media: Media }): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={styles.ownScreen}>
      <MonitorUp aria-hidden="true" />
      <p>{t("media.yourScreen")}</p>
      <Button size="sm" variant="danger" onClick={() => props.media.toggleScreen()}>
        {t("media.stopScreen")}
      </Button>
    </div>
  );
}
