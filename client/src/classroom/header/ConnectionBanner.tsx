import { createEffect, createMemo, createSignal, on, onCleanup, Show, type JSX } from "solid-js";
import type { TextKey } from "../../i18n/catalogue.ts";
import { useI18n } from "../../i18n/I18n.tsx";
import { Banner } from "../../ui/Banner.tsx";
import { Button } from "../../ui/Button.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import styles from "./ConnectionBanner.module.css";
import { connectionWord, type ConnectionWord } from "./connectionWord.ts";

/** A line that is back within this time was never worth a word. */
const patienceMs = 1_200;

/** What is said of a line that is away. */
const lineKeys: Partial<Record<ConnectionWord, TextKey>> = {
  reconnecting: "classroom.lineLost",
  restarting: "classroom.restarting",
  offline: "classroom.offline",
};

/**
 * Says that the line is gone, when the next try is and what waits to be sent. It lies over the classroom, so
 * that nothing below it moves.
 */
export function ConnectionBanner(): JSX.Element {
  const { t } = useI18n();
  const { room, announcer } = useClassroom();
  const word = createMemo(() => connectionWord(room.connection.state(), room.state().status));
  const isAway = createMemo(() => word() in lineKeys);
  const isShown = createDelayed(isAway);
  const line = () => t(lineKeys[word()] ?? "classroom.lineLost");
  const queued = () => room.outbox.messages().filter(({ state }) => state !== "failed").length;

  createEffect(
    on(isShown, (shown) => announcer.say(shown ? line() : t("classroom.lineBack")), {
      defer: true,
    }),
  );

  return (
    <Show when={isShown()}>
      <div>
        <Banner
          tone={word() === "restarting" ? "info" : "warning"}
          announce="none"
          actions={
            <Button size="sm" onClick={() => room.connection.tryNow()}>
              {t("classroom.tryNow")}
            </Button>
          }
        >
          <strong>{line()}</strong> <Countdown />
          <Show when={queued() > 0}> {t("classroom.queued", { count: queued() })}</Show>
        </Banner>
      </div>
    </Show>
  );
}

function Countdown(): JSX.Element {
  const { t } = useI18n();
  const { room } = useClassroom();
  const read = (): number => Math.ceil(room.connection.waitLeftMs() / 1_000);
  const [seconds, setSeconds] = createSignal(read());
  const timer = setInterval(() => setSeconds(read()), 250);
  onCleanup(() => clearInterval(timer));
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
