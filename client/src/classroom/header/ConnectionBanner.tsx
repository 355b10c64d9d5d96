import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import styles from "./ConnectionBanner.module.css";
import { connectionWord } from "./connectionWord.ts";

/** A line that is back within this time was never worth a word. */
const patienceMs = 1_200;

/**
 * Says that the line is gone, when the next try is and what waits to be sent. It lies over the classroom, so
 * that nothing below it moves.
 */
export function ConnectionBanner(): JSX.Element {
  const { t } = useI18n();
  const { room, announcer } = useClassroom();
  const word = createMemo(() => connectionWord(room.connection.state(), room.state().status));
  const isAway = createMemo(() => word() === "reconnecting" || word() === "offline");
  const isShown = createDelayed(isAway);
  const queued = () => room.outbox.messages().filter(({ state }) => state !== "failed").length;

  createEffect(
    on(isShown, (shown) => announcer.say(t(shown ? "classroom.lineLost" : "classroom.lineBack")), {
      defer: true,
    }),
  );

  return (
    <Show when={isShown()}>
      <div>
        <Banner
          tone="warning"
          announce="none"
          actions={
            <Button size="sm" onClick={() => room.connection.tryNow()}>
              {t("classroom.tryNow")}
            </Button>
          }
        >
          <strong>{t(word() === "offline" ? "classroom.offline" : "classroom.lineLost")}</strong>{" "}
          <Countdown />
          <Show when={queued() > 0}> {t("classroom.queued", { count: queued() })}</Show>
        </Banner>
      </div>
    </Show>
  );
}

function Countdown(): JSX.Element {
  const { t } = useI18n();
  const { room } = useClassroom();
  const [nowMs, setNowMs] = createSignal(Date.now());
  const timer = setInterval(() => setNowMs(Date.now()), 250);
  onCleanup(() => clearInterval(timer));
  const seconds = (): number => {
    const state = room.connection.state();
    return state.name === "waiting" ? Math.ceil((state.untilMs - nowMs()) / 1_000) : 0;
  };
  return (
    <span class={styles.countdown}>
      {seconds() > 0 ? t("classroom.nextTry", { seconds: seconds() }) : t("classroom.tryingNow")}
    </span>
  );
}

/** True once `source` has been true for a while; false as soon as it is. */
function createDelayed(source: () => boolean): () => boolean {
  const [isLate, setIsLate] = createSignal(false);
  createEffect(() => {
    if (!source()) {
      setIsLate(false);
      return;
    }
    const timer = setTimeout(() => setIsLate(true), patienceMs);
    onCleanup(() => clearTimeout(timer));
  });
  return () => source() && isLate();
}
