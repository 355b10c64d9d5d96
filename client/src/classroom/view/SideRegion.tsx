import MessageSquare from "lucide-solid/icons/message-square";
import Users from "lucide-solid/icons/users";
import X from "lucide-solid/icons/x";
import { createMemo, Show, type JSX } from "solid-js";
import { ChatPanel } from "../../chat/ChatPanel.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { handsInOrder } from "../../room/reducePresence.ts";
import { IconButton } from "../../ui/IconButton.tsx";
import { Tabs, type Tab } from "../../ui/Tabs.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import { PeoplePanel } from "../people/PeoplePanel.tsx";
import { peopleWords } from "../waitingRoom/peopleWords.ts";
import type { SideTab } from "./visibleRegions.ts";
import styles from "./SideRegion.module.css";

/** Chat and people: beside the board, or on a phone in its place. Both keep their state while out of view. */
export function SideRegion(): JSX.Element {
  const { t } = useI18n();
  const { room, me, view, reading, draft, typists, typing, focusPlaces } = useClassroom();
  const typistNames = () => typists().flatMap((id) => room.state().presence.get(id)?.name ?? []);
  const side = () => view.regions().side;
  const tabs = createTabs();
  return (
    <aside
      ref={(element) => focusPlaces.register("side", element)}
      class={styles.region}
      data-layout={view.state().layout}
      aria-label={t("classroom.region.side")}
      tabIndex={-1}
      hidden={side() === null}
    >
      <Tabs
        label={t("classroom.region.side")}
        value={side() ?? view.state().sideTab}
        onChange={view.setSideTab}
        tabs={tabs()}
        panelClass={styles.panels}
      >
        <div class={styles.panel} hidden={side() !== "chat"}>
          <ChatPanel
            room={room}
            me={me}
            reading={reading}
            draft={draft}
            typists={typistNames()}
            typing={typing}
            isInView={view.isInView("chat")}
            focusRef={focusPlaces.setChatFocus}
          />
        </div>
        <div class={styles.panel} hidden={side() !== "people"}>
          <PeoplePanel />
        </div>
      </Tabs>
      <Show when={view.state().layout === "medium"}>
        <span class={styles.close}>
          <IconButton
            label={t("common.close")}
            icon={<X />}
            tooltip="none"
            onClick={() => view.closeSide()}
          />
        </span>
      </Show>
    </aside>
  );
}

function createTabs(): () => Tab<SideTab>[] {
  const { t } = useI18n();
  const { room, reading, waitingRoom } = useClassroom();
  const waiting = (): number => waitingRoom?.people().length ?? 0;
  const hands = createMemo(() => handsInOrder(room.state().presence).length);
  return () => [
    {
      value: "chat",
      label: t("chat.title"),
      icon: <MessageSquare aria-hidden="true" />,
      count: reading.unreadCount(),
      countLabel: t("chat.unreadCount", { count: reading.unreadCount() }),
    },
    {
      value: "people",
      label: t("classroom.people"),
      icon: <Users aria-hidden="true" />,
      count: waiting() + hands(),
      countLabel: peopleWords(t, { waiting: waiting(), hands: hands() }),
    },
  ];
}
