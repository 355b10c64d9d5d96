import { useNavigate } from "@solidjs/router";
import { createSignal, Show, type JSX } from "solid-js";
import { api, type LiveClass } from "../../api/api.ts";
import { dataOf } from "../../api/createApi.ts";
import { useSignIn } from "../../api/SignIn.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { Page } from "../../shell/Page.tsx";
import { Avatar } from "../../ui/Avatar.tsx";
import { Button } from "../../ui/Button.tsx";
import { Kitenge } from "../../ui/Kitenge.tsx";
import { Spinner } from "../../ui/Spinner.tsx";
import styles from "./WaitingScreen.module.css";

export interface DoorScreenProps {
  readonly liveClassId: string;
  /** Null when it is not known any more what one waits for. */
  readonly liveClass: LiveClass | null;
}

/** For a guest whom a teacher has to let in: who waits, for what, and that one need not do anything. */
export function DoorScreen(props: DoorScreenProps): JSX.Element {
  const { t } = useI18n();
  const { user } = useSignIn();
  const title = (): string => props.liveClass?.title ?? t("classroom.title");
  return (
    <Page title={t("classroom.door.windowTitle", { title: title() })} class={styles.main}>
      <div class={styles.card}>
        <Kitenge class={styles.band} />
        <div class={styles.words}>
          <p class={styles.room}>{props.liveClass?.roomName}</p>
          <h1 class={styles.title}>{title()}</h1>
          <Show when={props.liveClass}>{(liveClass) => <When liveClass={liveClass()} />}</Show>
        </div>
        <div class={styles.door} role="status">
          <p class={styles.doorTitle}>
            <Spinner />
            <span>{t("classroom.door.title")}</span>
          </p>
          <p>{t("classroom.door.text")}</p>
        </div>
        <Show when={user()}>
          {(person) => (
            <p class={styles.self}>
              <Avatar id={person().id} name={person().name} />
              <span>
                <span class={styles.as}>{t("classroom.door.as")}</span>
                <strong class={styles.name} dir="auto">
                  {person().name}
                </strong>
              </span>
            </p>
          )}
        </Show>
        <div class={styles.actions}>
          <CancelButton liveClassId={props.liveClassId} />
        </div>
      </div>
    </Page>
  );
}

function When(props: { readonly liveClass: LiveClass }): JSX.Element {
  const { t, formatDate, formatTime } = useI18n();
  const notStarted = (): string[] => {
    const { status, startsAtMs } = props.liveClass;
    if (status !== "scheduled") return [];
    const date = formatDate(startsAtMs);
    return [t("classroom.door.notStarted", { date, time: formatTime(startsAtMs) })];
  };
  return <p class={styles.when}>{[...props.liveClass.teachers, ...notStarted()].join(" · ")}</p>;
}

/** The teacher need not look for somebody who has gone. */
function CancelButton(props: { readonly liveClassId: string }): JSX.Element {
  const { t } = useI18n();
  const { signOut } = useSignIn();
  const navigate = useNavigate();
  const [isGoing, setIsGoing] = createSignal(false);

  async function cancel(): Promise<void> {
    setIsGoing(true);
    const params = { path: { id: props.liveClassId } };
    // Without an answer one is gone from here all the same.
    await dataOf(api.POST("/api/live-classes/{id}/stop-waiting", { params })).catch(
      () => undefined,
    );
    // First, since a page for those who are signed in leads elsewhere as soon as nobody is.
    void signOut().catch(() => undefined);
    navigate("/join", { replace: true });
  }

  return (
    <Button busy={isGoing()} onClick={() => void cancel()}>
      {t("classroom.door.cancel")}
    </Button>
  );
}
