import type { ChatMessage, ParticipantId } from "@darasa/protocol";
import type { FailureCode } from "../connection/commandFailure.ts";
import type { OutboxMessage } from "../connection/outboxMessages.ts";
import type { ShownChat } from "../room/reduceChat.ts";

/** One message as it stands in the list. */
export interface MessageItem {
  readonly kind: "message";
  readonly key: string;
  readonly clientId: string;
  readonly senderId: ParticipantId;
  readonly senderName: string;
  readonly body: string;
  /** Only the place of it is left. */
  readonly isErased: boolean;
  readonly atMs: number;
  readonly isOwn: boolean;
  /** The first of a row by one person: shows who and when. */
  readonly startsGroup: boolean;
  readonly state: "sent" | OutboxMessage["state"];
  readonly failure: FailureCode | null;
}

export type ChatItem =
  | { readonly kind: "day"; readonly key: string; readonly atMs: number }
  | { readonly kind: "unread"; readonly key: string }
  | MessageItem;

export interface ChatItemsOptions {
  readonly me: { readonly participantId: ParticipantId; readonly name: string };
  /** Others' messages after this one stand below the unread line; null for no line. */
  readonly unreadAfterSeq: number | null;
  /** Names the calendar day of a time, the same for all times of one day. */
  readonly dayOf: (atMs: number) => string;
}

/** Messages of one person belong together for this long. */
const groupMs = 5 * 60_000;

/** The list as it is shown: days, the unread line and messages, oldest first. Pure. */
export function makeChatItems(shown: ShownChat, options: ChatItemsOptions): ChatItem[] {
  const { me, unreadAfterSeq, dayOf } = options;
  const items: ChatItem[] = [];
  let before: MessageItem | null = null;
  let isLineDrawn = unreadAfterSeq === null;
  const messages = [
    ...shown.stored.map((message) => fromStored(message, me.participantId)),
    ...shown.pending.map((message) => fromPending(message, me)),
  ];
  for (const { seq, message } of messages) {
    if (before === null || dayOf(before.atMs) !== dayOf(message.atMs)) {
      items.push({ kind: "day", key: `day-${message.key}`, atMs: message.atMs });
      before = null;
    }
    if (!isLineDrawn && !message.isOwn && seq > (unreadAfterSeq ?? 0)) {
      items.push({ kind: "unread", key: "unread" });
      isLineDrawn = true;
      before = null;
    }
    before = { ...message, startsGroup: !continues(before, message) };
    items.push(before);
  }
  return items;
}

/**
 * `next`, with every item that says the same as one of `previous` replaced by that one, so that what is on the
 * screen already is not drawn again.
 */
export function reuseItems(previous: readonly ChatItem[], next: readonly ChatItem[]): ChatItem[] {
  const known = new Map(previous.map((item) => [item.key, item]));
  return next.map((item) => {
    const same = known.get(item.key);
    return same !== undefined && isSame(same, item) ? same : item;
  });
}

type Ungrouped = Omit<MessageItem, "startsGroup">;

interface Placed {
  readonly seq: number;
  readonly message: Ungrouped;
}

function fromStored(message: ChatMessage, me: ParticipantId): Placed {
  const { clientId, senderId, senderName, body, sentAtMs, seq } = message;
  const item: Ungrouped = {
    kind: "message",
    key: keyOf(senderId, clientId),
    ...{ clientId, senderId, senderName, body },
    isErased: message.erased === true,
    atMs: sentAtMs,
    isOwn: senderId === me,
    state: "sent",
    failure: null,
  };
  return { seq, message: item };
}

function fromPending(message: OutboxMessage, me: ChatItemsOptions["me"]): Placed {
  const { clientId, body, writtenAtMs, state, failure } = message;
  const item: Ungrouped = {
    kind: "message",
    // The same key before and after it is stored: the row stays where it is.
    key: keyOf(me.participantId, clientId),
    ...{ clientId, body, state, failure },
    senderId: me.participantId,
    senderName: me.name,
    isErased: false,
    atMs: writtenAtMs,
    isOwn: true,
  };
  return { seq: Infinity, message: item };
}

function keyOf(senderId: ParticipantId, clientId: string): string {
  return `${senderId}/${clientId}`;
}

function continues(before: MessageItem | null, message: Ungrouped): boolean {
  if (before === null || before.senderId !== message.senderId) return false;
  return message.atMs - before.atMs < groupMs;
}

function isSame(a: ChatItem, b: ChatItem): boolean {
  if (a.kind !== "message" || b.kind !== "message") return a.kind === b.kind;
  return (
    a.state === b.state &&
    a.failure === b.failure &&
    a.startsGroup === b.startsGroup &&
    a.atMs === b.atMs &&
    a.body === b.body &&
    a.senderName === b.senderName
  );
}
