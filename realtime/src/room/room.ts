import type {
  ClassPermissions,
  LiveClassId,
  MeshMember,
  Participant,
  ParticipantId,
  ParticipantRole,
  PresenceContext,
  RoomId,
  SchoolId,
  SessionId,
  Stage,
} from "@darasa/protocol";
import { roomChannel } from "../publish/channelNames.ts";
import type { Backlog, Channel, Subscriber } from "../publish/publisher.ts";
import type { NodeId } from "./nodeId.ts";
import type { Memory, Part } from "./part.ts";

/** The rooms that one session has joined; a `Map` is one, too. */
export interface Stays {
  readonly size: number;
  get(room: RoomId): Stay | undefined;
  has(room: RoomId): boolean;
  set(room: RoomId, stay: Stay): void;
  delete(room: RoomId): void;
  values(): Iterable<Stay>;
}

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
  readonly stays: Stays;
  /** When its sign-in has to be looked at again, by a clock that nobody sets (SPEC T6). */
  signInDueMs: number;
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
  /** What its person has before them, as this session said last (SPEC P9). */
  context: PresenceContext;
  idle: boolean;
  /** Orders what the sessions of one person say of that. */
  contextSaid: number;
}

/**
 * Somebody who is present: one person, however many tabs (SPEC P1), through sessions here, through what other nodes
 * say of theirs, or both (SPEC P14).
 */
export interface Person {
  /** What all others see of them: all parts as one. Replaced, never changed. */
  participant: Participant;
  /** The same as JSON, once somebody asked for it. */
  encoded: string | null;
  /** What this node says of them; null when they are connected elsewhere only. */
  own: Part | null;
  /** What other nodes say of them; null for most. */
  elsewhere: Map<NodeId, Part> | null;
  /** Their sessions here. */
  stays: readonly Stay[];
  /** The session here whose tracks `own` shows; they are off when it leaves. */
  mediaOf: Stay | null;
}

/** One session's place in the mesh, as nodes tell it to each other. */
export interface SeatNotice extends MeshMember {
  /** Orders the members: who came too late of those who came at the same time. */
  readonly joinedAtMs: number;
}

/** A place in the mesh: of a session here, or of one that another node holds. */
export interface Seat extends SeatNotice {
  readonly stay: Stay | null;
  readonly nodeId: NodeId | null;
}

/** Somebody's place in the order in which pages are read. */
export interface RosterEntry {
  readonly participantId: ParticipantId;
  /** Beside each other in memory: a search looks at all of them. A new name comes with a new session (SPEC T6). */
  readonly lowerName: string;
  readonly person: Person;
}

/** The live class that runs in a room now. */
export interface RunningClass {
  readonly liveClassId: LiveClassId;
  readonly permissions: ClassPermissions;
  readonly stage: Stage;
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
  /** All who are present, at whatever node. */
  readonly people: Map<ParticipantId, Person>;
  /** How many of them have a session here. */
  peopleHere: number;
  /** Those of whom all are told even in a hall (SPEC P10). */
  readonly ofNote: Set<Person>;
  /** In a hall: who has become of note or ceased to be since the last telling. */
  readonly noteChanged: Set<ParticipantId>;
  isHall: boolean;
  /** The list that all have begins anew with the next telling. */
  isListNew: boolean;
  /** They in the order of their ids, in which pages are read; null until somebody does. */
  roster: RosterEntry[] | null;
  /** The sessions that exchange video, at whatever node, in the order in which they were heard of. */
  readonly mesh: Map<SessionId, Seat>;
  /** The hands of those who left a moment ago. */
  readonly memories: Map<ParticipantId, Memory>;
  /** Whose messages were erased while the room is served: what was on its way then still has its text (SPEC M6). */
  readonly erasedSenders: Set<ParticipantId>;
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
    peopleHere: 0,
    ofNote: new Set(),
    noteChanged: new Set(),
    isHall: false,
    isListNew: false,
    roster: null,
    mesh: new Map(),
    memories: new Map(),
    erasedSenders: new Set(),
  };
}

/** Who may draw and write in the room now. */
export function permissionsOf(room: Room): ClassPermissions {
  return room.liveClass?.permissions ?? noLocks;
}

/** The sessions of one person in the room that are connected here. */
export function staysOf(room: Room, participantId: ParticipantId): readonly Stay[] {
  return room.people.get(participantId)?.stays ?? [];
}

/** A session that is about to enter: it has said nothing yet of what its person has before them. */
export function newStay(
  session: Session,
  room: Room,
  access: Pick<Stay, "role" | "firstSeq" | "inClass">,
): Stay {
  return {
    session,
    room,
    role: access.role,
    firstSeq: access.firstSeq,
    inClass: access.inClass,
    isPresent: true,
    backlog: null,
    context: access.inClass ? "class" : "room",
    idle: false,
    contextSaid: 0,
  };
}
