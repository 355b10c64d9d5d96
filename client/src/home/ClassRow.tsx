import { A, useNavigate } from "@solidjs/router";
import ClipboardList from "lucide-solid/icons/clipboard-list";
import Play from "lucide-solid/icons/play";
import { createSignal, Match, Show, Switch, type JSX } from "solid-js";
import { api, type LiveClass } from "../api/api.ts";
import { dataOf } from "../api/createApi.ts";
import { useProblemText } from "../api/useProblemText.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { Badge } from "../ui/Badge.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { classNames } from "../ui/classNames.ts";
import { useToasts } from "../ui/Toasts.tsx";
import { classTimeMs } from "./groupClasses.ts";
import { ShareButton } from "./ShareButton.tsx";
import styles from "./ClassTimeline.module.css";

export interface ClassRowProps {
  readonly liveClass: LiveClass;
  readonly showsDay: boolean;
  readonly onChanged: () => void;
}

/** One class of the day: when, what, where, how it stands, and what one can do about it. */
export function ClassRow(props: ClassRowProps): JSX.Element {
  const { t, formatTime, formatDay } = useI18n();
  const path = (): string => `/class/${props.liveClass.id}`;
  const facts = (): string => {
    const { roomName, teachers, endedAtMs } = props.liveClass;
    const ended = endedAtMs === null ? [] : [t("home.endedAt", { time: formatTime(endedAtMs) })];
    return [roomName, ...teachers, ...ended].join(" · ");
  };
  return (
    <li class={classNames(styles.row, styles[props.liveClass.status])}>
      <div class={styles.time}>
        <Show when={props.showsDay}>
          <span class={styles.day}>{formatDay(classTimeMs(props.liveClass))}</span>
        </Show>
        <time dateTime={new Date(classTimeMs(props.liveClass)).toISOString()}>
          {formatTime(classTimeMs(props.liveClass))}
        </time>
      </div>
      <span class={styles.dot} aria-hidden="true" />
      <div class={styles.card}>
        <div class={styles.words}>
          <div class={styles.titleLine}>
            <h3 class={styles.title}>
              <Show when={props.liveClass.status === "live"} fallback={props.liveClass.title}>
                <A href={path()}>{props.liveClass.title}</A>
              </Show>
            </h3>
            <State liveClass={props.liveClass} />
          </div>
          <p class={styles.room}>{facts()}</p>
        </div>
        <div class={styles.actions}>
          <Actions {...props} />
        </div>
      </div>
    </li>
  );
}

function State(props: { readonly liveClass: LiveClass }): JSX.Element {
  const { t } = useI18n();
  return (
    <Switch>
      <Match when={props.liveClass.status === "live"}>
        <Badge tone="success" live>
          {t("home.stateLive")}
        </Badge>
      </Match>
      <Match when={props.liveClass.status === "scheduled"}>
        <Badge tone="primary">{t("home.stateScheduled")}</Badge>
      </Match>
      <Match when={props.liveClass.status === "ended"}>
        <Badge>{t("home.stateEnded")}</Badge>
      </Match>
    </Switch>
  );
}

function Actions(props: ClassRowProps): JSX.Element {
  const { t } = useI18n();
  const isTeacher = (): boolean => props.liveClass.role === "teacher";
  const path = (): string => `/class/${props.liveClass.id}`;
  return (
    <Switch>
      <Match when={props.liveClass.status === "ended" && isTeacher()}>
        <ButtonLink
          href={`${path()}/register`}
          icon={<ClipboardList />}
          aria-label={t("home.registerNamed", { title: props.liveClass.title })}
        >
          {t("home.register")}
        </ButtonLink>
      </Match>
      <Match when={props.liveClass.status === "scheduled" && isTeacher()}>
        <ShareButton liveClass={props.liveClass} />
        <StartButton liveClass={props.liveClass} onFailed={() => props.onChanged()} />
      </Match>
      <Match when={props.liveClass.status === "scheduled"}>
        <ButtonLink
          href={path()}
          aria-label={t("home.waitingRoomNamed", { title: props.liveClass.title })}
        >
          {t("home.waitingRoom")}
        </ButtonLink>
      </Match>
    </Switch>
  );
}

interface StartButtonProps {
  readonly liveClass: LiveClass;
  readonly onFailed: () => void;
}

function StartButton(props: StartButtonProps): JSX.Element {
  const { t } = useI18n();
  const navigate = useNavigate();
  const toasts = useToasts();
  const problemText = useProblemText();
  const [busy, setBusy] = createSignal(false);
  const start = async (): Promise<void> => {
    setBusy(true);
    const path = { id: props.liveClass.id };
    try {
      await dataOf(api.POST("/api/live-classes/{id}/start", { params: { path } }));
      navigate(`/class/${props.liveClass.id}`);
    } catch (error) {
      toasts.show({ text: problemText(error), tone: "danger" });
      props.onFailed();
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="primary"
      icon={<Play />}
      busy={busy()}
      aria-label={t("home.startNamed", { title: props.liveClass.title })}
      onClick={() => void start()}
    >
      {t("home.start")}
    </Button>
  );
}
