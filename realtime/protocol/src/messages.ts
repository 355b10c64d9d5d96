import type {
  BoardRefusedEvent,
  BoardRightsEvent,
  BoardStoredEvent,
  BoardTicketAck,
  GetBoardTicket,
} from "./board/events.ts";
import type {
  ChatMessageEvent,
  HeadEvent,
  MessagesErasedEvent,
  ReplayEvent,
  SendMessage,
  SendMessageAck,
} from "./chat.ts";
import type {
  AllowDrawing,
  AllowSources,
  AskToUnmute,
  LiveClassEndedEvent,
  LowerHand,
  MutedEvent,
  MuteParticipant,
  PermissionsEvent,
  RaiseHand,
  RemovedEvent,
  RemoveParticipant,
  SetPermissions,
  SetStage,
  StageEvent,
  UnmuteAskedEvent,
  WaitingRoomEvent,
} from "./classroom.ts";
import type { EphemeralCommand, PointerEvent, ReactionEvent, TypingEvent } from "./ephemeral.ts";
import type { ErrorCode } from "./errorCodes.ts";
import type {
  GetParticipants,
  GoingAwayEvent,
  JoinRoom,
  JoinRoomAck,
  LeaveRoom,
  ParticipantsAck,
  PresenceEvent,
  ResumeTicketEvent,
  SetPresence,
  WelcomeEvent,
} from "./presence.ts";
import type { PulseEvent, ReportConnection } from "./pulse.ts";
import type {
  JoinMesh,
  JoinMeshAck,
  LeaveMesh,
  MeshJoinedEvent,
  MeshLeftEvent,
  SendSignal,
  SetMedia,
  SignalEvent,
} from "./signalling.ts";

/** Everything a client may ask after `hello`; each that has an `id` gets exactly one `ack` or `error` (SPEC D1). */
export type Command =
  | SendMessage
  | JoinRoom
  | LeaveRoom
  | SetPresence
  | GetParticipants
  | EphemeralCommand
  | ReportConnection
  | RaiseHand
  | LowerHand
  | SetPermissions
  | AllowDrawing
  | SetStage
  | AllowSources
  | AskToUnmute
  | MuteParticipant
  | RemoveParticipant
  | JoinMesh
  | LeaveMesh
  | SetMedia
  | SendSignal
  | GetBoardTicket;

export type CommandType = Command["type"];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;

interface AckResults {
  readonly sendMessage: SendMessageAck;
  readonly joinRoom: JoinRoomAck;
  readonly getParticipants: ParticipantsAck;
  readonly joinMesh: JoinMeshAck;
  readonly getBoardTicket: BoardTicketAck;
}

/** What the `ack` of a command carries in `result`; nothing for most. */
export type AckResult<Type extends CommandType> = Type extends keyof AckResults
  ? AckResults[Type]
  : Readonly<Record<string, never>>;

export interface AckFrame<Type extends CommandType = CommandType> {
  readonly type: "ack";
  readonly id: string;
  readonly result: AckResult<Type>;
}

/** Answers one command (`id`) or one unreadable frame (`id: null`); the session goes on (SPEC E1). */
export interface ErrorFrame {
  readonly type: "error";
  readonly id: string | null;
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
}

/** What happens in a room, told to everybody or to one. */
export type RoomEvent =
  | ChatMessageEvent
  | ReplayEvent
  | MessagesErasedEvent
  | HeadEvent
  | PresenceEvent
  | TypingEvent
  | ReactionEvent
  | PointerEvent
  | PermissionsEvent
  | StageEvent
  | PulseEvent
  | UnmuteAskedEvent
  | MutedEvent
  | RemovedEvent
  | LiveClassEndedEvent
  | WaitingRoomEvent
  | MeshJoinedEvent
  | MeshLeftEvent
  | SignalEvent
  | BoardStoredEvent
  | BoardRightsEvent
  | BoardRefusedEvent;

/** What concerns the connection itself. */
export type SessionEvent = WelcomeEvent | ResumeTicketEvent | GoingAwayEvent;

export type ServerMessage = SessionEvent | AckFrame | ErrorFrame | RoomEvent;
