import Mic from "lucide-solid/icons/mic";
import MicOff from "lucide-solid/icons/mic-off";
import TriangleAlert from "lucide-solid/icons/triangle-alert";
import Video from "lucide-solid/icons/video";
import VideoOff from "lucide-solid/icons/video-off";
import { For, Match, Switch, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { browserFamily, deviceProblems, type ProblemWords } from "../media/problemWords.ts";
import { StreamVideo } from "../media/StreamVideo.tsx";
import { useProblemSentences } from "../media/useProblemSentences.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Spinner } from "../ui/Spinner.tsx";
import type { LobbyMedia } from "./createLobbyMedia.ts";
import { LevelBars } from "./LevelBars.tsx";
import styles from "./Preview.module.css";

export interface PreviewProps {
  readonly media: LobbyMedia;
  readonly name: string;
  /** Decides the colour of the avatar. */
  readonly personId: string;
}

/** Oneself as the others will see it, the two switches, and whether one is heard. */
export function Preview(props: PreviewProps): JSX.Element {
  const { t } = useI18n();
  const isOn = (kind: "microphone" | "camera"): boolean => props.media.state[kind].state !== "off";
  return (
    <section class={styles.preview} aria-label={t("lobby.preview")}>
      <div class={styles.stage}>
        <StageContent {...props} />
        <div class={styles.switches}>
          <IconButton
            class={isOn("microphone") ? undefined : styles.off}
            variant="onStage"
            size="lg"
            tooltip="above"
            label={t("media.microphone")}
            icon={isOn("microphone") ? <Mic /> : <MicOff />}
            pressed={isOn("microphone")}
            onClick={() => props.media.toggle("microphone")}
          />
          <IconButton
            class={isOn("camera") ? undefined : styles.off}
            variant="onStage"
            size="lg"
            tooltip="above"
            label={t("media.camera")}
            icon={isOn("camera") ? <Video /> : <VideoOff />}
            pressed={isOn("camera")}
            onClick={() => props.media.toggle("camera")}
          />
        </div>
      </div>
      <MicrophoneLine media={props.media} />
    </section>
  );
}

function StageContent(props: PreviewProps): JSX.Element {
  const { t } = useI18n();
  const family = browserFamily(navigator.userAgent);
  const problems = (): readonly ProblemWords[] => deviceProblems(props.media.state, family);
  return (
    <>
      <Switch>
        <Match when={props.media.state.camera.stream}>
          {(stream) => <StreamVideo stream={stream()} mirrored />}
        </Match>
        <Match when={props.media.state.camera.state === "starting"}>
          <p class={styles.waiting}>
            <Spinner /> {t("lobby.cameraStarting")}
          </p>
        </Match>
        <Match when={problems().length === 0}>
          <div class={styles.empty}>
            <Avatar id={props.personId} name={props.name} size="xl" />
            <p>{t("lobby.cameraOff")}</p>
          </div>
        </Match>
      </Switch>
      <div class={styles.problems} role="alert">
        <For each={problems()}>{(words) => <Problem words={words} />}</For>
      </div>
    </>
  );
}

function Problem(props: { readonly words: ProblemWords }): JSX.Element {
  const sentences = useProblemSentences();
  return (
    <div class={styles.problem}>
      <TriangleAlert aria-hidden="true" />
      <p>
        <strong>{sentences.text(props.words)}</strong> {sentences.help(props.words)}
      </p>
    </div>
  );
}

/** One line that says in words what the bars show; it is always there, so that nothing jumps. */
function MicrophoneLine(props: { readonly media: LobbyMedia }): JSX.Element {
  const { t } = useI18n();
  const words = (): string => {
    const { microphone, wasHeard } = props.media.state;
    if (microphone.state === "starting") return t("lobby.microphoneStarting");
    if (microphone.state === "off") return t("lobby.microphoneOff");
    return wasHeard ? t("lobby.microphoneWorks") : t("lobby.saySomething");
  };
  return (
    <div class={styles.line}>
      <LevelBars
        level={props.media.state.level}
        off={props.media.state.microphone.state !== "on"}
      />
      <p class={styles.words} role="status">
        {words()}
      </p>
    </div>
  );
}
