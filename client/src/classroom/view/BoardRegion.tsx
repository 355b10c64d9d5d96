import type { BoardId, RoomId } from "@darasa/protocol";
import Lock from "lucide-solid/icons/lock";
import { createEffect, createMemo, createSignal, Show, type JSX } from "solid-js";
import { Board } from "../../board/Board.tsx";
import { useI18n } from "../../i18n/I18n.tsx";
import { ownRights } from "../../room/reduceRoom.ts";
import { useTheme } from "../../theme/Theme.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { useClassroom } from "../ClassroomContext.tsx";
import styles from "./BoardRegion.module.css";

/** The class's board. It is loaded when it is first looked at, and kept from then on. */
export function BoardRegion(): JSX.Element {
  const { t } = useI18n();
  const { joined, room, me, view, focusPlaces, hand, traffic } = useClassroom();
  const theme = useTheme();
  const mayDraw = createMemo(() => ownRights(room.state()).draw);
  const isJoined = createMemo(() => room.state().status.name !== "joining");
  const isVisible = () => view.regions().board;
  const [wasSeen, setWasSeen] = createSignal(false);
  const board = () => joined.boards[0];
  createEffect(() => {
    if (isVisible()) setWasSeen(true);
  });
  return (
    <div
      ref={(element) => focusPlaces.register("board", element)}
      class={styles.region}
      // The board inside is the landmark; this is where F6 comes to.
      role="group"
      aria-label={t("classroom.pane.board")}
      tabIndex={-1}
      hidden={!isVisible()}
      data-may-draw={mayDraw()}
    >
      <Show
        when={board()}
        fallback={
          <div class={styles.none}>
            <EmptyState title={t("classroom.noBoardTitle")} text={t("classroom.noBoardText")} />
          </div>
        }
      >
        {(found) => (
          <Show when={wasSeen() && isJoined()}>
            <Board
              document={found().id as BoardId}
              roomId={joined.room.id as RoomId}
              participantId={me.participantId}
              name={me.name}
              mayDraw={mayDraw()}
              dark={theme.dark()}
              getTicket={() => room.getBoardTicket(found().id as BoardId)}
              Socket={traffic.Socket}
              onBoardEvent={room.onBoardEvent}
              onJoined={room.onJoined}
            />
          </Show>
        )}
      </Show>
      <Show when={isJoined() && !mayDraw()}>
        <p class={styles.rights}>
          <Lock aria-hidden="true" />
          {t(hand.isUp() ? "classroom.viewOnlyAsking" : "classroom.viewOnly")}
        </p>
      </Show>
    </div>
  );
}
