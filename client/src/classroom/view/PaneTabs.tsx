import MessageSquare from "lucide-solid/icons/message-square";
import PenLine from "lucide-solid/icons/pen-line";
import Users from "lucide-solid/icons/users";
import Video from "lucide-solid/icons/video";
import { createMemo, For, Show, type JSX } from "solid-js";
import { useI18n } from "../../i18n/I18n.tsx";
import { handsInOrder } from "../../room/reducePresence.ts";
import { Badge } from "../../ui/Badge.tsx";
import { VisuallyHidden } from "../../ui/VisuallyHidden.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { peopleWords } from "../waitingRoom/peopleWords.ts";
import type { Pane } from "./visibleRegions.ts";
import styles from "./PaneTabs.module.css";

const icons: Record<Pane, typeof Video> = {
  video: Video,
  board: PenLine,
  chat: MessageSquare,
  people: Users,
};

/** On a phone: which part of the classroom fills the screen. Unread messages show from every part. */
export function PaneTabs(): JSX.Element {
  const { t } = useI18n();
  const { room, view, reading, waitingRoom } = useClassroom();
  const hands = createMemo(() => handsInOrder(room.state().presence).length);
  const panes = (): Pane[] =>
    view.state().hasVideo ? ["video", "board", "chat", "people"] : ["board", "chat", "people"];
  const waiting = (): number => waitingRoom?.people().length ?? 0;
  const countOf = (pane: Pane): number =>
    pane === "chat" ? reading.unreadCount() : pane === "people" ? waiting() + hands() : 0;
  const wordsFor = (pane: Pane, count: number): string =>
    pane === "chat"
      ? t("chat.unreadCount", { count })
      : peopleWords(t, { waiting: waiting(), hands: hands() });
  const isCurrent = (pane: Pane) => view.isInView(pane) || view.state().pane === pane;
  return (
    <nav class={styles.tabs} aria-label={t("classroom.region.panes")}>
      <For each={panes()}>
        {(pane) => {
          const Icon = icons[pane];
          return (
            <button
              type="button"
              class={styles.tab}
              aria-current={isCurrent(pane) ? "true" : undefined}
              onClick={() => view.show(pane)}
            >
              <span class={styles.icon}>
                <Icon aria-hidden="true" />
                <Show when={countOf(pane)}>
                  {(count) => (
                    <span class={styles.count} aria-hidden="true">
                      <Badge tone="saffron">{count() > 99 ? "99+" : count()}</Badge>
                    </span>
                  )}
                </Show>
              </span>
              {t(`classroom.pane.${pane}`)}
              <Show when={countOf(pane)}>
                {(count) => <VisuallyHidden>, {wordsFor(pane, count())}</VisuallyHidden>}
              </Show>
            </button>
          );
        }}
      </For>
    </nav>
  );
}
