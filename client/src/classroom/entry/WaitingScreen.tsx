import Play from "lucide-solid/icons/play";
import { createSignal, Show, type JSX } from "solid-js";
import type { LiveClass } from "../../api/api.ts";
import { useProblemText } from "../../api/useProblemText.ts";
import { ShareButton } from "../../home/ShareButton.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Page } from "../../shell/Page.tsx";
import { Button, ButtonLink } from "../../ui/Button.tsx";
import { Kitenge } from "../../ui/Kitenge.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import { useToasts } from "../../ui/Toasts.tsx";
import styles from "./WaitingScreen.module.css";

export interface WaitingScreenProps {
  readonly liveClass: LiveClass;
  /** Starts the class and enters. @throws ApiProblem as rejection */
  readonly onStart: () => Promise<void>;
}

/** Before the start: a teacher starts the class here, everybody else is let in by themselves. */
export function WaitingScreen(props: WaitingScreenProps): JSX.Element {
  const { formatTime, formatDate } = useI18n();
  const isTeacher = () => props.liveClass.role === "teacher";
  return (
    <Page title={props.liveClass.title} class={styles.main}>
      <div class={styles.card}>
        <Kitenge class={styles.band} />
        <div class={styles.words}>
          <p class={styles.room}>{props.liveClass.roomName}</p>
          <h1 class={styles.title}>{props.liveClass.title}</h1>
          <p class={styles.when}>
            {formatDate(props.liveClass.startsAtMs)}, {formatTime(props.liveClass.startsAtMs)}
            <Show when={!isTeacher() && props.liveClass.teachers.length > 0}>
              {" · "}
              {props.liveClass.teachers.join(", ")}
            </Show>
          </p>
        </div>
        <Show when={isTeacher()} fallback={<Waiting />}>
          <Start {...props} />
        </Show>
      </div>
    </Page>
  );
}

function Waiting(): JSX.Element {
  const { t } = useI18n();
  return (
    <>
      <p class={styles.waiting} role="status">
        <Spinner />
        <span>{t("classroom.waiting.text")}</span>
      </p>
      <div class={styles.actions}>
        <ButtonLink href="/">{t("common.home")}</ButtonLink>
      </div>
    </>
  );
}

function Start(props: WaitingScreenProps): JSX.Element {
  const { t } = useI18n();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [isStarting, setIsStarting] = createSignal(false);

  async function start(): Promise<void> {
    setIsStarting(true);
    try {
      await props.onStart();
    } catch (error) {
      toasts.show({ tone: "danger", text: problemText(error) });
    }
    setIsStarting(false);
  }

  return (
    <>
      <div class={styles.share}>
        <p>{t("classroom.invite")}</p>
        <ShareButton liveClass={props.liveClass} />
      </div>
      <div class={styles.actions}>
        <ButtonLink href="/" size="lg">
          {t("common.home")}
        </ButtonLink>
        <Button
          variant="primary"
          size="lg"
          icon={<Play />}
          busy={isStarting()}
          onClick={() => void start()}
        >
          {t("classroom.waiting.start")}
        </Button>
      </div>
    </>
  );
}
