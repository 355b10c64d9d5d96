import {
  canChat,
  canDraw,
  hasPermission,
  sourcesOf,
  trackKinds,
  type ClassPermissions,
  type ErrorCode,
  type JoinRoomAck,
  type ChatMessage,
  type Participant,
  type ParticipantId,
  type ParticipantRole,
  type Pulse,
  type RoomEvent,
  type Stage,
  type TrackKind,
} from "@darasa/protocol";
import {
  emptyChat,
  eraseMessages,
  headChat,
  interruptChat,
  joinChat,
  prependMessages,
  receiveMessages,
  replayChat,
  type ChatState,
} from "./reduceChat.ts";
import { changePresence, joinPresence, type Presence } from "./reducePresence.ts";

/**
 * Where this person stands. `left` is between the loss of a connection and the next join: what is known stays
 * on the screen. The last three are final.
 */
export type RoomStatus =
  | { readonly name: "joining" }
  | { readonly name: "joined" }
  | { readonly name: "left" }
  | { readonly name: "removed" }
  | { readonly name: "ended"; readonly reason: "teacher" | "no_teacher" | null }
  | { readonly name: "refused"; readonly code: ErrorCode };

/** One room as one person sees it. */
export interface RoomState {
  readonly me: ParticipantId;
  readonly status: RoomStatus;
  readonly role: ParticipantRole;
  readonly permissions: ClassPermissions;
  /** Of the live class; null outside of one. */
  readonly stage: Stage | null;
  /** All who are here; of a hall those of note only (SPEC P10). */
  readonly presence: Presence;
  /** How everybody here is connected, as far as a teacher was told; others are never told. */
  readonly pulse: ReadonlyMap<ParticipantId, Pulse>;
  /** How many are here. */
  readonly count: number;
  readonly chat: ChatState;
  /** Guests who wait to be let in, as far as a teacher was told; others are never told. */
  readonly waiting: number;
}

/** A hall is one until fewer than so many are there (SPEC P10). */
const hallEndsBelow = 150;

export type RoomAction =
  | { readonly type: "joined"; readonly ack: JoinRoomAck; readonly since: number | null }
  | { readonly type: "refused"; readonly code: ErrorCode }
  | { readonly type: "disconnected" }
  /** One's own message, as its ack completes it. */
  | { readonly type: "stored"; readonly message: ChatMessage }
  | { readonly type: "earlier"; readonly messages: readonly ChatMessage[] }
  | { readonly type: "event"; readonly event: RoomEvent };

/** The room before the first join; `role` is what the API said. */
export function initialRoom(me: ParticipantId, role: ParticipantRole): RoomState {
  return {
    me,
    role,
    status: { name: "joining" },
    permissions: { drawing: "teachers", chatLocked: false },
    stage: null,
    presence: new Map(),
    pulse: new Map(),
    count: 0,
    chat: emptyChat,
    waiting: 0,
  };
}

/** The room after `action`. Pure; the same object when nothing changed. */
export function reduceRoom(state: RoomState, action: RoomAction): RoomState {
  if (isFinal(state.status)) return state;
  switch (action.type) {
    case "joined":
      return joined(state, action.ack, action.since);
    case "refused":
      return { ...state, status: refusal(action.code) };
    case "disconnected":
      return disconnected(state);
    case "stored":
      return withChat(state, receiveMessages(state.chat, [action.message]));
    case "earlier":
      return withChat(state, prependMessages(state.chat, action.messages));
    case "event":
      return reduceEvent(state, action.event);
  }
}

/** Is this person out for good? */
export function isFinal(status: RoomStatus): boolean {
  return status.name === "removed" || status.name === "ended" || status.name === "refused";
}

/** This person's own entry, once they are joined. */
export function ownParticipant(state: RoomState): Participant | undefined {
  return state.presence.get(state.me);
}

/** Is this a hall, of whose people not all are told? Its list is read in pages then (SPEC P10). */
export function isHall({ count, presence }: RoomState): boolean {
  return count >= hallEndsBelow && count > presence.size;
}

/** What this person may do now, by role and by the class's locks. The server decides; this is for the screen. */
export function ownRights(state: RoomState): {
  readonly draw: boolean;
  readonly chat: boolean;
  readonly moderate: boolean;
  readonly send: readonly TrackKind[];
} {
  const own = ownParticipant(state);
  const drawAllowed = own?.drawAllowed ?? false;
  return {
    draw: canDraw({ role: state.role, drawAllowed }, state.permissions),
    chat: canChat(state.role, state.permissions),
    moderate: hasPermission(state.role, "classroom.moderate"),
    send: sendable(state),
  };
}

/** Until the class has said it, what classes begin with: a screen is shared by who may for certain. */
function sendable(state: RoomState): readonly TrackKind[] {
  const own = ownParticipant(state);
  if (own !== undefined && state.stage !== null) return sourcesOf(own, state.stage);
  return hasPermission(state.role, "classroom.moderate") ? trackKinds : ["microphone", "camera"];
}

function joined(state: RoomState, ack: JoinRoomAck, since: number | null): RoomState {
  return {
    ...state,
    status: { name: "joined" },
    role: ack.role,
    permissions: ack.permissions,
    stage: ack.stage,
    presence: joinPresence(ack.participants),
    // All of it is told anew (SPEC Q2).
    pulse: new Map(),
    count: ack.count,
    chat: joinChat(state.chat, { ...ack, since }),
  };
}

function disconnected(state: RoomState): RoomState {
  const status: RoomStatus = state.status.name === "joined" ? { name: "left" } : state.status;
  return { ...state, status, chat: interruptChat(state.chat) };
}

type PulseOfRoom = RoomState["pulse"];

function addPulse(pulse: PulseOfRoom, people: readonly Pulse[]): PulseOfRoom {
  return new Map([...pulse, ...people.map((one) => [one.participantId, one] as const)]);
}

function dropPulse(pulse: PulseOfRoom, gone: readonly ParticipantId[]): PulseOfRoom {
  if (!gone.some((id) => pulse.has(id))) return pulse;
  return new Map([...pulse].filter(([id]) => !gone.includes(id)));
}

function refusal(code: ErrorCode): RoomStatus {
  if (code === "removed") return { name: "removed" };
  if (code === "class_ended") return { name: "ended", reason: null };
  return { name: "refused", code };
}

function withChat(state: RoomState, chat: ChatState): RoomState {
  return chat === state.chat ? state : { ...state, chat };
}

type EventOf<Type extends RoomEvent["type"]> = Extract<RoomEvent, { type: Type }>;
type EventReducers = {
  readonly [Type in RoomEvent["type"]]?: (state: RoomState, event: EventOf<Type>) => RoomState;
};

/** The events that change what is known; the others are for media and boards, or only to be announced. */
const eventReducers: EventReducers = {
  chatMessage: (state, event) => withChat(state, receiveMessages(state.chat, [event])),
  replay: (state, event) => withChat(state, replayChat(state.chat, event)),
  messagesErased: (state, event) => withChat(state, eraseMessages(state.chat, event.senderId)),
  head: (state, event) => withChat(state, headChat(state.chat, event.seq)),
  presence: (state, event) => ({
    ...state,
    presence: changePresence(state.presence, event),
    pulse: dropPulse(state.pulse, event.gone),
    count: event.count,
  }),
  pulse: (state, event) => ({ ...state, pulse: addPulse(state.pulse, event.people) }),
  permissions: (state, event) => ({ ...state, permissions: event.permissions }),
  stage: (state, event) => ({ ...state, stage: event.stage }),
  removed: (state) => ({ ...state, status: { name: "removed" } }),
  waitingRoom: (state, event) => ({ ...state, waiting: event.count }),
  liveClassEnded: (state, event) => ({
    ...state,
    status: { name: "ended", reason: event.reason },
  }),
};

function reduceEvent(state: RoomState, event: RoomEvent): RoomState {
  // The table gives every type of event the function that takes it.
  const reduce = eventReducers[event.type] as
    ((state: RoomState, event: RoomEvent) => RoomState) | undefined;
  return reduce?.(state, event) ?? state;
}
