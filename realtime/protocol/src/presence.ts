import type { ChatMessage } from "./chat.ts";
import type { LiveClassId, ParticipantId, RoomId, SessionId } from "./ids.ts";
import type { TrackKind } from "./media.ts";
import type { ClassPermissions, ParticipantRole } from "./roles.ts";
import type { Stage } from "./stage.ts";

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
  /** Opens this person's next connection, without HTTPS (SPEC T7). */
  readonly resume: ResumeTicket;
}

/** A one-time ticket for the connection after this one (SPEC T7). */
export interface ResumeTicket {
  readonly ticket: string;
  readonly expiresInSeconds: number;
}

/** A newer one, well before the last is worthless. */
export interface ResumeTicketEvent extends ResumeTicket {
  readonly type: "resumeTicket";
}

/** The server is about to close with 1001: come back after so long (SPEC C4). */
export interface GoingAwayEvent {
  readonly type: "goingAway";
  readonly comeBackInMs: number;
}

export const presenceContexts = ["room", "class", "board", "group"] as const;
/** What somebody has before them: the room's chat, its live class, a board of it, or a group's work. */
export type PresenceContext = (typeof presenceContexts)[number];

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
  readonly context: PresenceContext;
  /** Has not touched anything for a while, in any of their sessions. */
  readonly idle: boolean;
  /** What they may send, where that differs from what the class says. */
  readonly sources?: readonly TrackKind[] | undefined;
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
  /** Of the live class that runs; null when there is none. */
  readonly stage: Stage | null;
  /** All who are present; in a hall those of note only (SPEC P10). */
  readonly participants: readonly Participant[];
  /** How many are present. */
  readonly count: number;
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
  /** How many are present. */
  readonly count: number;
  /** The list begins anew with `present`: the room has become a hall, or is none any more (SPEC P10). */
  readonly reset?: true | undefined;
}

/** What one has before oneself, and whether one is there at all (SPEC P9). */
export interface SetPresence {
  readonly type: "setPresence";
  readonly id: string;
  readonly room: RoomId;
  readonly context: PresenceContext;
  readonly idle: boolean;
}

/** A page of all who are present, in the order of their ids: how a hall's list is read (SPEC P10). */
export interface GetParticipants {
  readonly type: "getParticipants";
  readonly id: string;
  readonly room: RoomId;
  /** Those after this id; from the first when null. */
  readonly after: ParticipantId | null;
  /** Only those whose name contains this, whatever the case. */
  readonly query?: string | undefined;
}

export interface ParticipantsAck {
  readonly participants: readonly Participant[];
  /** Where the next page begins; null when this was the last. */
  readonly next: ParticipantId | null;
  readonly count: number;
}
