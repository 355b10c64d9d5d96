import type {
  ClassPermissions,
  LiveClassId,
  MediaState,
  Participant,
  ParticipantId,
  RoomId,
  SchoolId,
  SessionId,
} from "@darasa/protocol";
import { roomChannel } from "../publish/channelNames.ts";
import type { Channel } from "../publish/publisher.ts";
import { mediaOff, newPerson, type Memory, type Person } from "./person.ts";
import type { Stay } from "./stay.ts";

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

/** Lets a session in. Its person appears, or gets one session more. */
export function enter(stay: Stay, drawAllowed: boolean, nowMs: number): void {
  const { room, session } = stay;
  const { participantId } = session.identity;
  room.stays.set(session.sessionId, stay);
  session.stays.set(room.roomId, stay);
  const person = room.people.get(participantId);
  if (person === undefined) {
    const memory = room.memories.get(participantId);
    room.memories.delete(participantId);
    room.people.set(participantId, newPerson(stay, { drawAllowed, nowMs, memory }));
    return;
  }
  person.stays.add(stay);
  person.participant = { ...person.participant, role: stay.role, drawAllowed };
  refreshInClass(person);
}

/** Takes a session out. Its person disappears with their last one; a raised hand is remembered. */
export function leave(stay: Stay): void {
  const { room, session } = stay;
  if (!stay.isPresent) return;
  stay.isPresent = false;
  stay.backlog?.take();
  stay.backlog = null;
  if (room.stays.get(session.sessionId) === stay) room.stays.delete(session.sessionId);
  if (session.stays.get(room.roomId) === stay) session.stays.delete(room.roomId);
  const person = room.people.get(session.identity.participantId);
  if (person === undefined) return;
  person.stays.delete(stay);
  if (person.stays.size === 0) forget(room, person);
  else refreshInClass(person);
  if (person.mediaOf === stay) setMedia(person, null, mediaOff);
}

/** Changes what the others see of a person; nothing when they are not there. */
export function updateParticipant(
  room: Room,
  participantId: ParticipantId,
  change: Partial<Participant>,
): void {
  const person = room.people.get(participantId);
  if (person !== undefined) person.participant = { ...person.participant, ...change };
}

/** Shows which tracks of a person are on, and which session carries them. */
export function setMedia(person: Person, mediaOf: Stay | null, media: MediaState): void {
  person.mediaOf = mediaOf;
  person.participant = { ...person.participant, media };
}

/** What is left of a live class when it has ended: its people, looking at the room. */
export function endClass(room: Room): void {
  room.liveClass = null;
  room.mesh.clear();
  room.memories.clear();
  for (const stay of room.stays.values()) stay.inClass = false;
  for (const person of room.people.values()) {
    person.mediaOf = null;
    person.participant = {
      ...person.participant,
      inClass: false,
      drawAllowed: false,
      handRaisedAtMs: null,
      media: mediaOff,
    };
  }
}

function forget(room: Room, { participant }: Person): void {
  room.people.delete(participant.participantId);
  const { participantId, handRaisedAtMs, joinedAtMs } = participant;
  if (handRaisedAtMs !== null) room.memories.set(participantId, { handRaisedAtMs, joinedAtMs });
}

function refreshInClass(person: Person): void {
  const inClass = [...person.stays].some((stay) => stay.inClass);
  if (inClass !== person.participant.inClass) {
    person.participant = { ...person.participant, inClass };
  }
}
