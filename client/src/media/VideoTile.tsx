import Hand from "lucide-solid/icons/hand";
import Maximize2 from "lucide-solid/icons/maximize-2";
import MicOff from "lucide-solid/icons/mic-off";
import Minimize2 from "lucide-solid/icons/minimize-2";
import MonitorUp from "lucide-solid/icons/monitor-up";
import SignalLow from "lucide-solid/icons/signal-low";
import Unplug from "lucide-solid/icons/unplug";
import { Match, Show, Switch, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { classNames } from "../ui/classNames.ts";
import { IconButton } from "../ui/IconButton.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import type { Media } from "./createMedia.ts";
import type { PersonConnection } from "./provider.ts";
import { ScreenPicture, type ScreenOverlay } from "./ScreenPicture.tsx";
import type { Tile } from "./sortTiles.ts";
import { StreamVideo } from "./StreamVideo.tsx";
import styles from "./VideoTile.module.css";

export interface VideoTileProps {
  readonly tile: Tile;
  readonly media: Media;
  /** The person chose to see this one large. */
  readonly isPinned: boolean;
  /** Says so when this person's line is poor. */
  readonly showsQuality: boolean;
  /** Absent where nothing can be made large. */
  readonly onPin?: (() => void) | undefined;
  /** What lies over the picture of a shared screen. */
  readonly screenOverlay?: ScreenOverlay | undefined;
}

/** One person or one shared screen: the picture or, without one, who it is; and how they are reached. */
export function VideoTile(props: VideoTileProps): JSX.Element {
  const isScreen = (): boolean => props.tile.kind === "screen";
  const isSpeaking = (): boolean =>
    !isScreen() && props.media.state.speaking[props.tile.person.participantId] === true;
  const camera = (): MediaStream | null => {
    const { isSelf, remote } = props.tile;
    return isSelf ? props.media.state.local.camera.stream : (remote?.camera ?? null);
  };
  return (
    <div
      class={classNames(styles.tile, isScreen() && styles.screen, isSpeaking() && styles.speaking)}
    >
      <Show when={!isScreen() || !props.tile.isSelf}>
        <span class={styles.avatar}>
          <Avatar id={props.tile.person.participantId} name={props.tile.person.name} size="xl" />
        </span>
      </Show>
      <Show
        when={!isScreen()}
        fallback={
          <ScreenPicture tile={props.tile} media={props.media} overlay={props.screenOverlay} />
        }
      >
        <Show when={camera()}>
          {(shown) => <StreamVideo stream={shown()} mirrored={props.tile.isSelf} />}
        </Show>
      </Show>
      <Show when={props.tile.remote}>
        {(remote) => (
          <ConnectionWords connection={remote().connection} name={props.tile.person.name} />
        )}
      </Show>
      <Show when={props.tile.person.handRaisedAtMs !== null && !isScreen()}>
        <HandBadge />
      </Show>
      <NamePlate
        tile={props.tile}
        media={props.media}
        isSpeaking={isSpeaking()}
        isPoor={props.showsQuality && !isScreen() && props.tile.remote?.quality === "poor"}
      />
      <Show when={props.onPin}>
        {(pin) => <PinButton tile={props.tile} isPinned={props.isPinned} onPin={() => pin()()} />}
      </Show>
    </div>
  );
}

function NamePlate(props: {
  readonly tile: Tile;
  readonly media: Media;
  readonly isSpeaking: boolean;
  readonly isPoor: boolean;
}): JSX.Element {
  const { t } = useI18n();
  const isMicrophoneOn = (): boolean =>
    props.tile.isSelf
      ? props.media.state.local.microphone.state === "on"
      : props.tile.person.media.microphone;
  const name = (): string => {
    const { kind, isSelf, person } = props.tile;
    if (kind === "screen") return t("media.screenOf", { name: person.name });
    return isSelf ? t("media.nameYou", { name: person.name }) : person.name;
  };
  return (
    <p class={styles.plate}>
      <Switch>
        <Match when={props.tile.kind === "screen"}>
          <MonitorUp aria-hidden="true" />
        </Match>
        <Match when={!isMicrophoneOn()}>
          <span class={styles.off} aria-hidden="true">
            <MicOff />
          </span>
          <VisuallyHidden>{t("media.microphoneOff")}: </VisuallyHidden>
        </Match>
        <Match when={props.isSpeaking}>
          <span class={styles.voice} aria-hidden="true" />
        </Match>
      </Switch>
      <span class={styles.name}>{name()}</span>
      <Show when={props.isPoor}>
        <span class={styles.poor} title={t("media.poorLine")}>
          <SignalLow aria-hidden="true" />
          <VisuallyHidden>, {t("media.poorLine")}</VisuallyHidden>
        </span>
      </Show>
    </p>
  );
}

function ConnectionWords(props: {
  readonly connection: PersonConnection;
  readonly name: string;
}): JSX.Element {
  const { t } = useI18n();
  return (
    <Switch>
      <Match when={props.connection === "connecting"}>
        <p class={classNames(styles.words, styles.chip)}>
          <Spinner /> {t("media.connecting")}
        </p>
      </Match>
      <Match when={props.connection === "lost"}>
        <p class={classNames(styles.words, styles.chip)}>
          <Spinner />
          <span class={styles.short} aria-hidden="true">
            {t("media.lostShort")}
          </span>
          <span class={styles.long}>{t("media.lost")}</span>
        </p>
      </Match>
      <Match when={props.connection === "failed"}>
        <div class={classNames(styles.words, styles.veil)}>
          <Unplug aria-hidden="true" />
          <p class={styles.short} aria-hidden="true">
            {t("media.failedShort")}
          </p>
          <p class={styles.long}>
            {t("media.failed", { name: props.name })} {t("media.failedHelp")}
          </p>
        </div>
      </Match>
    </Switch>
  );
}

function HandBadge(): JSX.Element {
  const { t } = useI18n();
  return (
    <span class={styles.hand}>
      <Hand aria-hidden="true" />
      <VisuallyHidden>{t("media.handRaised")}</VisuallyHidden>
    </span>
  );
}

function PinButton(props: {
  readonly tile: Tile;
  readonly isPinned: boolean;
  readonly onPin: () => void;
}): JSX.Element {
  const { t } = useI18n();
  const name = (): string =>
    props.tile.kind === "screen"
      ? t("media.screenOf", { name: props.tile.person.name })
      : props.tile.person.name;
  return (
    <span class={styles.pin}>
      <IconButton
        size="sm"
        variant="onStage"
        tooltip="none"
        label={props.isPinned ? t("media.unpin") : t("media.pin", { name: name() })}
        icon={props.isPinned ? <Minimize2 /> : <Maximize2 />}
        onClick={() => props.onPin()}
      />
    </span>
  );
}
