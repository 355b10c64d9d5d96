import type { ChatMessage, ParticipantId } from "@darasa/protocol";
import type { OutboxMessage } from "../connection/outboxMessages.ts";

/**
 * What is known of a room's chat. `messages` has no hole and ends at `lastSeq`; `ahead` are messages beyond a
 * hole, kept aside until it is filled (SPEC R7).
 */
export interface ChatState {
  readonly messages: readonly ChatMessage[];
  /** All that is known up to here is in `messages`. */
  readonly lastSeq: number;
  readonly ahead: readonly ChatMessage[];
  /** The newest message that is known to exist. */
  readonly headSeq: number;
  /** The first message that this person may read. */
  readonly firstSeq: number;
  /** A replay is on its way: a hole is being filled already. */
  readonly isReplaying: boolean;
}

/** A join's answer, as far as the chat goes. */
export interface ChatJoin {
  readonly headSeq: number;
  readonly firstSeq: number;
  readonly recent: readonly ChatMessage[];
  /** What the join named as `since`; null for the first one. */
  readonly since: number | null;
}

/** Before the first join. */
export const emptyChat: ChatState = {
  messages: [],
  lastSeq: 0,
  ahead: [],
  headSeq: 0,
  firstSeq: 1,
  isReplaying: false,
};

/** After a join: its recent messages, or the ones known while the replay of the rest comes (SPEC R3, R4). */
export function joinChat(state: ChatState, join: ChatJoin): ChatState {
  const { headSeq, firstSeq, recent, since } = join;
  if (since === null || since > headSeq) {
    const fresh = { ...emptyChat, lastSeq: headSeq - recent.length, headSeq, firstSeq };
    return receiveMessages(fresh, recent);
  }
  const known = { ...state, firstSeq, headSeq: Math.max(state.headSeq, headSeq) };
  return { ...known, isReplaying: since < headSeq };
}

/** After a page of what was missed. */
export function replayChat(
  state: ChatState,
  page: { readonly messages: readonly ChatMessage[]; readonly done: boolean },
): ChatState {
  const received = receiveMessages(state, page.messages);
  return page.done && received.isReplaying ? { ...received, isReplaying: false } : received;
}

/** After stored messages, in any order and with any repetition. */
export function receiveMessages(state: ChatState, arrived: readonly ChatMessage[]): ChatState {
  const fresh = arrived.filter(
    (message) =>
      message.seq > state.lastSeq && !state.ahead.some((other) => other.seq === message.seq),
  );
  if (fresh.length === 0) return state;
  const beyond = uniqueBySeq([...state.ahead, ...fresh]);
  const joined = beyond.findIndex((message, index) => message.seq !== state.lastSeq + 1 + index);
  const count = joined === -1 ? beyond.length : joined;
  const newest = beyond.at(-1)?.seq ?? 0;
  return {
    ...state,
    messages: count === 0 ? state.messages : [...state.messages, ...beyond.slice(0, count)],
    lastSeq: state.lastSeq + count,
    ahead: beyond.slice(count),
    headSeq: Math.max(state.headSeq, newest),
  };
}

/** After somebody was erased: of their messages only the places are left (SPEC M6). */
export function eraseMessages(state: ChatState, senderId: ParticipantId): ChatState {
  const isTheirs = (message: ChatMessage) => message.senderId === senderId && !message.erased;
  if (!state.messages.some(isTheirs) && !state.ahead.some(isTheirs)) return state;
  const erase = (message: ChatMessage): ChatMessage =>
    isTheirs(message) ? { ...message, senderName: "", body: "", erased: true } : message;
  return { ...state, messages: state.messages.map(erase), ahead: state.ahead.map(erase) };
}

/** After a page of earlier messages, in order of `seq`; what is known already is left out. */
export function prependMessages(state: ChatState, page: readonly ChatMessage[]): ChatState {
  const first = firstLoadedSeq(state);
  const earlier = page.filter((message) => message.seq < first);
  return earlier.length === 0 ? state : { ...state, messages: [...earlier, ...state.messages] };
}

/** After word of the newest message (SPEC R6). */
export function headChat(state: ChatState, seq: number): ChatState {
  return seq > state.headSeq ? { ...state, headSeq: seq } : state;
}

/** After the connection is gone: a replay that was under way will not end. */
export function interruptChat(state: ChatState): ChatState {
  return state.isReplaying ? { ...state, isReplaying: false } : state;
}

/** The `since` to join again with because messages are missing; null when none are, or they are coming. */
export function missingSince(state: ChatState): number | null {
  return !state.isReplaying && state.headSeq > state.lastSeq ? state.lastSeq : null;
}

/** The `seq` before which nothing is loaded. */
export function firstLoadedSeq(state: ChatState): number {
  return state.messages[0]?.seq ?? state.lastSeq + 1;
}

/** Are there earlier messages that this person may read? */
export function hasEarlier(state: ChatState): boolean {
  return firstLoadedSeq(state) > state.firstSeq;
}

/** What the chat shows: stored messages, then one's own that the server has not confirmed. */
export interface ShownChat {
  readonly stored: readonly ChatMessage[];
  readonly pending: readonly OutboxMessage[];
}

/**
 * The chat with one's own unconfirmed messages merged in by client id: each message stands there once. Of those
 * beyond a hole only one's own are shown, since their author knows that they were sent.
 */
export function mergeOutbox(
  chat: ChatState,
  me: ParticipantId,
  outbox: readonly OutboxMessage[],
): ShownChat {
  const ownAhead = chat.ahead.filter((message) => message.senderId === me);
  const stored = ownAhead.length === 0 ? chat.messages : [...chat.messages, ...ownAhead];
  if (outbox.length === 0) return { stored, pending: outbox };
  const confirmed = new Set(
    stored.filter((message) => message.senderId === me).map((message) => message.clientId),
  );
  return { stored, pending: outbox.filter((message) => !confirmed.has(message.clientId)) };
}

function uniqueBySeq(messages: readonly ChatMessage[]): ChatMessage[] {
  const bySeq = new Map(messages.map((message) => [message.seq, message]));
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}
