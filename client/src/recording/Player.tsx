import Download from "lucide-solid/icons/download";
import Play from "lucide-solid/icons/play";
import { createSignal, For, Show, type JSX } from "solid-js";
import { api, type Recording, type RecordingLink } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Banner } from "../ui/Banner.tsx";
import { Button } from "../ui/Button.tsx";
import styles from "./RecordingsPage.module.css";

export interface PlayerProps {
  readonly recording: Recording;
  readonly roomId: string;
}

type Part = RecordingLink["parts"][number];

/** Shows a recording once it is asked for. Its links last 15 minutes: a player that is refused asks for new ones and goes on. */
export function Player(props: PlayerProps): JSX.Element {
  const { t } = useI18n();
  const problemText = useProblemText();
  const [parts, setParts] = createSignal<readonly Part[]>([]);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<unknown>();

  async function load(): Promise<readonly Part[]> {
    const path = { id: props.roomId, recordingId: props.recording.id };
    const link = await dataOf(
      api.GET("/api/rooms/{id}/recordings/{recordingId}/link", { params: { path } }),
    );
    return link.parts;
  }

  async function open(): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    try {
      setParts(await load());
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  }

  async function renew(wanted: number): Promise<Part | undefined> {
    return (await load()).find(({ no }) => no === wanted);
  }

  return (
    <div class={styles.player}>
      <Show when={problem() !== undefined}>
        <Banner tone="danger" announce="alert">
          {problemText(problem())}
        </Banner>
      </Show>
      <Show
        when={parts().length > 0}
        fallback={
          <Button
            icon={<Play />}
            busy={busy()}
            aria-label={t("recordings.openOf", { title: props.recording.title })}
            onClick={() => void open()}
          >
            {t("recordings.open")}
          </Button>
        }
      >
        <For each={parts()}>
          {(part) => (
            <PartPlayer
              part={part}
              label={t("recordings.part", { title: props.recording.title, no: part.no })}
              renew={() => renew(part.no)}
            />
          )}
        </For>
      </Show>
    </div>
  );
}

interface PartPlayerProps {
  readonly part: Part;
  readonly label: string;
  readonly renew: () => Promise<Part | undefined>;
}

/** At least so long a new link is given a chance before another is asked for. */
const renewAfterMs = 60_000;

function PartPlayer(props: PartPlayerProps): JSX.Element {
  const { t } = useI18n();
  const [isStuck, setIsStuck] = createSignal(false);
  let video: HTMLVideoElement | undefined;
  let renewedAtMs = Date.now();
  // The link of now; the position is kept across links.
  async function goOn(): Promise<void> {
    renewedAtMs = Date.now();
    const part = await props.renew().catch(() => undefined);
    if (video === undefined) return;
    setIsStuck(part === undefined);
    if (part === undefined) return;
    const { currentTime } = video;
    video.src = part.url;
    video.currentTime = currentTime;
    await video.play().catch(() => undefined);
  }
  function failed(): void {
    // A young link that opens nothing is no matter of links: the storage is away, or does not know its own keys.
    if (Date.now() - renewedAtMs < renewAfterMs) setIsStuck(true);
    else void goOn();
  }
  async function download(): Promise<void> {
    const part = await props.renew().catch(() => undefined);
    location.assign((part ?? props.part).downloadUrl);
  }
  return (
    <figure class={styles.part}>
      <video
        class={styles.video}
        controls
        preload="metadata"
        aria-label={props.label}
        src={props.part.url}
        ref={(element) => (video = element)}
        onError={failed}
      />
      <Show when={isStuck()}>
        <Banner
          tone="danger"
          announce="alert"
          actions={<Button onClick={() => void goOn()}>{t("common.retry")}</Button>}
        >
          {t("errors.recordings_unreachable")}
        </Banner>
      </Show>
      <Button variant="quiet" icon={<Download />} onClick={() => void download()}>
        {t("recordings.download")}
      </Button>
    </figure>
  );
}
