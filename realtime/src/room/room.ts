import type {
  ClassPermissions,
  LiveClassId,
  Participant,
  ParticipantId,
  ParticipantRole,
  RoomId,
  SchoolId,
  SessionId,
} from "@darasa/protocol";
import { roomChannel } from "../publish/channelNames.ts";
import type { Backlog, Channel, Subscriber } from "../publish/publisher.ts";

/** Who somebody is, as their ticket said. */
export interface Identity {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly name: string;
  /** The sign-in that the connection's ticket was issued to. */
  readonly signInId: string;
  /** The one live class that a guest may see; null for accounts. */
  readonly guestOf: LiveClassId | null;
}

/** One connection that has said hello, as domains see it: an identity and a way out. */
export interface Session {
  readonly sessionId: SessionId;
  readonly identity: Identity;
  readonly outbox: Subscriber;
  /** The rooms that it has joined. */
  readonly stays: Map<RoomId, Stay>;
  /** False once the connection is gone: what was begun before must not enter a room any more. */
  isOpen: boolean;
}

/** One session in one room, from its join to its leave. */
export interface Stay {
  readonly session: Session;
  readonly room: Room;
  readonly role: ParticipantRole;
  /** The first `seq` that this person may read. */
  readonly firstSeq: number;
  /** Part of the room's running live class, or only looking at the room. */
  inClass: boolean;
  /** False once the session has left: what was begun for it stops. */
  isPresent: boolean;
  /** What is kept for it while its replay is on the way; null when it is live. */
  backlog: Backlog | null;
}

/** A participant with the sessions that make them present: one person, however many tabs (SPEC P1). */
export interface Person {
  /** What all others see of them; replaced, never changed. */
  participant: Participant;
  readonly stays: Set<Stay>;
  /** The session whose tracks `participant.media` shows; they are off when it leaves. */
  mediaOf: Stay | null;
}

/** What a person keeps when they come back soon after their last session left (SPEC P3). */
export interface Memory {
  readonly handRaisedAtMs: number;
  readonly joinedAtMs: number;
}

/** The live class that runs in a room now. */
export interface RunningClass {
  readonly liveClassId: LiveClassId;
  readonly permissions: ClassPermissions;
  readonly video: "mesh" | "none";
}

/** A room while somebody of this process is in it. What lasts of it is in Postgres. */
export interface Room {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly channel: Channel;
  liveClass: RunningClass | null;
  /** The newest `seq` that was pushed; null until the room was read for the first time. */
  publishedSeq: number | null;
  /** Counts what was changed from outside: a reader that sees it move reads again. */
  changes: number;
  readonly stays: Map<SessionId, Stay>;
  readonly people: Map<ParticipantId, Person>;
  /** The sessions that exchange video, in the order in which they came. */
  readonly mesh: Map<SessionId, Stay>;
  /** The hands of those who left a moment ago. */
  readonly memories: Map<ParticipantId, Memory>;
}

/** The permissions of a room in which no live class runs: no locks. */
export const noLocks: ClassPermissions = { drawing: "everyone", chatLocked: false };

/** A room that nobody is in yet. */
export function newRoom(schoolId: SchoolId, roomId: RoomId): Room {
  return {
    schoolId,
    roomId,
    channel: roomChannel(schoolId, roomId),
    liveClass: null,
    publishedSeq: null,
    changes: 0,
    stays: new Map(),
    people: new Map(),
    mesh: new Map(),
    memories: new Map(),
  };
}

/** Who may draw and write in the room now. */
export function permissionsOf(room: Room): ClassPermissions {
  return room.liveClass?.permissions ?? noLocks;
}

/** Everybody who is present, once. */
export function participantsOf(room: Room): Participant[] {
  return [...room.people.values()].map((person) => person.participant);
}

/** The sessions of one person in the room; empty when they are not there. */
export function staysOf(room: Room, participantId: ParticipantId): readonly Stay[] {
  return [...(room.people.get(participantId)?.stays ?? [])];
}
