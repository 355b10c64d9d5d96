import ClipboardCheck from "lucide-solid/icons/clipboard-check";
import type { ParticipantId } from "@darasa/protocol";
import { createEffect, createMemo, on, onCleanup, Show, type JSX } from "solid-js";
import { api } from "../api/api.ts";
import { createPolled } from "../api/createPolled.ts";
import { dataOf } from "../api/createApi.ts";
import { useClassroom } from "../classroom/ClassroomContext.tsx";
import { useI18n } from "../i18n/I18n.tsx";
import { isHall } from "../room/reduceRoom.ts";
import { countClass } from "./countClass.ts";
import styles from "./LiveStrip.module.css";

/** By itself so often; when somebody comes or goes, sooner, but never more often than the second. */
const refreshEveryMs = 120_000;
const leastBetweenMs = 30_000;

/** "23 of 31 here, 2 late": how the class stands, for its teacher; a press opens the register beside it. */
export function LiveStrip(): JSX.Element {
  const { t, formatNumber } = useI18n();
  const { joined, room } = useClassroom();
  const { id } = joined.liveClass;
  let askedAtMs = 0;
  const polled = createPolled(
    () => {
      askedAtMs = Date.now();
      return dataOf(api.GET("/api/live-classes/{id}/attendance", { params: { path: { id } } }));
    },
    { everyMs: refreshEveryMs },
  );
  let soon: ReturnType<typeof setTimeout> | undefined;
  const refreshSoon = (): void => {
    soon ??= setTimeout(
      () => {
        soon = undefined;
        void polled.refresh();
      },
      Math.max(2_000, askedAtMs + leastBetweenMs - Date.now()),
    );
  };
  createEffect(on(() => room.state().count, refreshSoon, { defer: true }));
  onCleanup(() => clearTimeout(soon));
  const counts = createMemo(() => {
    const register = polled.data();
    if (register === undefined) return undefined;
    const { presence } = room.state();
    const knowsAll = !isHall(room.state());
    return countClass(register, (person) =>
      knowsAll ? presence.has(person as ParticipantId) : undefined,
    );
  });
  return (
    <Show when={counts()}>
      {(count) => (
        <Show when={count().expected > 0}>
          <a class={styles.strip} href={`/class/${id}/register`} target="_blank" rel="noopener">
            <ClipboardCheck aria-hidden="true" />
            <span class={styles.figures} aria-hidden="true">
              {`${formatNumber(count().here)}/${formatNumber(count().expected)}`}
            </span>
            <span class={styles.words}>
              {t("classroom.registerHere", { here: count().here, expected: count().expected })}
              <Show when={count().late > 0}>
                {", "}
                {t("classroom.registerLate", { count: count().late })}
              </Show>
            </span>
          </a>
        </Show>
      )}
    </Show>
  );
}
