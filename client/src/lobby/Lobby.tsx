import LogIn from "lucide-solid/icons/log-in";
import PencilRuler from "lucide-solid/icons/pencil-ruler";
import { Show, type JSX } from "solid-js";
import type { ParticipantRole, VideoProvider } from "@darasa/protocol";
import { useI18n } from "../i18n/I18n.tsx";
import { DevicePickers } from "../media/DevicePickers.tsx";
import { silentChoice, type LocalMediaChoice } from "../media/localMediaChoice.ts";
import { noOpenDevices, type OpenDevices } from "../media/openDevices.ts";
import { Page } from "../shell/Page.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Button } from "../ui/Button.tsx";
import { classNames } from "../ui/classNames.ts";
import { createLobbyMedia } from "./createLobbyMedia.ts";
import { Preview } from "./Preview.tsx";
import styles from "./Lobby.module.css";

export interface LobbyProps {
  /** Of the class. */
  readonly title: string;
  /** For the window, where it has more to say than the class's title. */
  readonly windowTitle?: string | undefined;
  readonly teachers: readonly string[];
  /** Of the person who is about to enter. */
  readonly name: string;
  /** Their id, for the colour that they have in the class. */
  readonly personId?: string | undefined;
  readonly role: ParticipantRole;
  readonly video: VideoProvider;
  /** Called once the person wants in, with what is on already: it becomes the caller's own. */
  readonly onJoin: (choice: LocalMediaChoice, opened: OpenDevices) => void;
  readonly onCancel: () => void;
}

/** The last look into the mirror: who comes in, heard and seen by what, or not at all. */
export function Lobby(props: LobbyProps): JSX.Element {
  return (
    <Page title={props.windowTitle ?? props.title} class={styles.main}>
      <Show when={props.video !== "none"} fallback={<QuietLobby {...props} />}>
        <VideoLobby {...props} />
      </Show>
    </Page>
  );
}

function VideoLobby(props: LobbyProps): JSX.Element {
  const { t } = useI18n();
  // eslint-disable-next-line solid/reactivity -- the role one comes with and the video of the class, read once by intent
  const media = createLobbyMedia(props.role, props.video);
  return (
    <div class={styles.lobby}>
      <Head {...props} />
      <div class={styles.mirror}>
        <Preview media={media} name={props.name} personId={props.personId ?? props.name} />
      </div>
      <div class={styles.enter}>
        <Button
          variant="primary"
          size="lg"
          wide
          icon={<LogIn />}
          onClick={() => props.onJoin(media.choice(), media.handOver())}
        >
          {t("lobby.join")}
        </Button>
        <Button wide onClick={() => props.onJoin(silentChoice, noOpenDevices)}>
          {t("lobby.joinSilent")}
        </Button>
        <Button variant="quiet" wide onClick={() => props.onCancel()}>
          {t("lobby.cancel")}
        </Button>
      </div>
      <section class={styles.devices} aria-label={t("lobby.devices")}>
        <DevicePickers
          devices={media.state.devices}
          chosen={media.state.chosen}
          onChoose={media.choose}
        />
      </section>
    </div>
  );
}

/** For a class of board and chat: no device is asked for. */
function QuietLobby(props: LobbyProps): JSX.Element {
  const { t } = useI18n();
  return (
    <div class={classNames(styles.lobby, styles.quiet)}>
      <Head {...props} />
      <p class={styles.note}>
        <PencilRuler aria-hidden="true" />
        {t("lobby.noVideo")}
      </p>
      <div class={styles.enter}>
        <Button
          variant="primary"
          size="lg"
          wide
          icon={<LogIn />}
          onClick={() => props.onJoin(silentChoice, noOpenDevices)}
        >
          {t("lobby.join")}
        </Button>
        <Button variant="quiet" wide onClick={() => props.onCancel()}>
          {t("lobby.cancel")}
        </Button>
      </div>
    </div>
  );
}

function Head(props: LobbyProps): JSX.Element {
  const { t } = useI18n();
  return (
    <header class={styles.head}>
      <p class={styles.overline}>{t("lobby.overline")}</p>
      <h1 class={styles.title}>{props.title}</h1>
      <p class={styles.teachers}>
        <Show when={props.role !== "teacher"} fallback={t("lobby.asTeacher")}>
          {t("lobby.teacher", { count: props.teachers.length, names: props.teachers.join(", ") })}
        </Show>
      </p>
      <p class={styles.self}>
        <Avatar id={props.personId ?? props.name} name={props.name} />
        <span class={styles.who}>
          <span class={styles.as}>{t("lobby.joinAs")}</span>
          <strong class={styles.name}>{props.name}</strong>
        </span>
      </p>
    </header>
  );
}
