import MessageSquare from "lucide-solid/icons/message-square";
import PenLine from "lucide-solid/icons/pen-line";
import Users from "lucide-solid/icons/users";
import Video from "lucide-solid/icons/video";
import { createMemo, For, Show, type JSX } from "solid-js";
import { useI18n } from "../i18n/I18n.tsx";
import { handsInOrder } from "../room/reducePresence.ts";
import { Badge } from "../ui/Badge.tsx";
import { VisuallyHidden } from "../ui/VisuallyHidden.tsx";
import { useClassroom } from "./ClassroomContext.tsx";
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
  const { room, view, reading } = useClassroom();
  const hands = createMemo(() => handsInOrder(room.state().presence).length);
  const panes = (): Pane[] =>
    view.state().hasVideo ? ["video", "board", "chat", "people"] : ["board", "chat", "people"];
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
                <Show when={pane === "chat" && reading.unreadCount()}>
                  {(count) => (
                    <Count count={count()} label={t("chat.unreadCount", { count: count() })} />
                  )}
                </Show>
                <Show when={pane === "people" && hands()}>
                  {(count) => (
                    <Count count={count()} label={t("classroom.hands", { count: count() })} />
                  )}
                </Show>
              </span>
              {t(`classroom.pane.${pane}`)}
            </button>
          );
        }}
      </For>
    </nav>
  );
}

function Count(props: { readonly count: number; readonly label: string }): JSX.Element {
  return (
    <>
      <span class={styles.count} aria-hidden="true">
        <Badge tone="saffron">{props.count > 99 ? "99+" : props.count}</Badge>
      </span>
      <VisuallyHidden>{props.label} </VisuallyHidden>
    </>
  );
}
