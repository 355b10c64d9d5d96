import type { ChatMessage } from "./chat.ts";
import type { LiveClassId, ParticipantId, RoomId, SessionId } from "./ids.ts";
import type { ClassPermissions, ParticipantRole } from "./roles.ts";

/** First message of a connection (SPEC H1). */
export interface Hello {
  readonly type: "hello";
  readonly ticket: string;
}

export interface WelcomeEvent {
  readonly type: "welcome";
  readonly sessionId: SessionId;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly serverTimeMs: number;
}

export interface MediaState {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

/** One person who is present: once, however many sessions they have (SPEC P1). */
export interface Participant {
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly role: ParticipantRole;
  readonly joinedAtMs: number;
  /** In the live class, or only looking at the room. */
  readonly inClass: boolean;
  readonly drawAllowed: boolean;
  readonly handRaisedAtMs: number | null;
  readonly media: MediaState;
}

/** Enter a room, as part of its live class when `liveClass` is given. `since` is the last `seq` seen. */
export interface JoinRoom {
  readonly type: "joinRoom";
  readonly id: string;
  readonly room: RoomId;
  readonly liveClass: LiveClassId | null;
  readonly since?: number | undefined;
}

/**
 * The room as it is. Messages are not in it: `replay` pages follow, and then events without a hole or a
 * duplicate (SPEC R4).
 */
export interface JoinRoomAck {
  readonly role: ParticipantRole;
  readonly headSeq: number;
  /** The first `seq` this person may read; earlier ones belong to a time before they were let in. */
  readonly firstSeq: number;
  readonly permissions: ClassPermissions;
  readonly participants: readonly Participant[];
  readonly recent: readonly ChatMessage[];
}

export interface LeaveRoom {
  readonly type: "leaveRoom";
  readonly id: string;
  readonly room: RoomId;
}

/** Presence changes, gathered: `present` are inserts or replacements, whole (SPEC P2). */
export interface PresenceEvent {
  readonly type: "presence";
  readonly room: RoomId;
  readonly present: readonly Participant[];
  readonly gone: readonly ParticipantId[];
}
