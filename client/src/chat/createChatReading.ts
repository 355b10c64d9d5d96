import { createEffect, createMemo, createSignal, on, type Accessor } from "solid-js";
import type { RoomState } from "../room/reduceRoom.ts";

/** How far this person has read, for as long as the page is open. */
export interface ChatReading {
  /** Others' messages that were not in sight yet. */
  readonly unreadCount: Accessor<number>;
  /** Where the unread line stands while the chat is open; null for no line. */
  readonly lineAfterSeq: Accessor<number | null>;
  /** All that is there has been in sight. */
  readonly markRead: () => void;
  /** The person has answered: the line has done its work. */
  readonly clearLine: () => void;
}

/** Starts with everything read that was there at the first join. `isInView` says whether the chat is open. */
export function createChatReading(
  room: Accessor<RoomState>,
  isInView: Accessor<boolean>,
): ChatReading {
  const [readSeq, setReadSeq] = createSignal<number | null>(null);
  const [lineAfterSeq, setLineAfterSeq] = createSignal<number | null>(null);
  const hasJoined = createMemo(() => room().status.name !== "joining");
  const chat = createMemo(() => room().chat);

  const unreadCount = createMemo(() => {
    const read = readSeq();
    if (read === null) return 0;
    const { me } = room();
    let count = 0;
    const { messages } = chat();
    for (let index = messages.length - 1; index >= 0; index -= 1) {
      const message = messages[index];
      if (message === undefined || message.seq <= read) break;
      if (message.senderId !== me) count += 1;
    }
    return count;
  });

  createEffect(() => {
    if (hasJoined() && readSeq() === null) setReadSeq(chat().lastSeq);
  });
  createEffect(
    on(isInView, (isOpen) => setLineAfterSeq(isOpen && unreadCount() > 0 ? readSeq() : null)),
  );

  return {
    unreadCount,
    lineAfterSeq,
    markRead: () => {
      if (readSeq() !== null) setReadSeq(chat().lastSeq);
    },
    clearLine: () => setLineAfterSeq(null),
  };
}
