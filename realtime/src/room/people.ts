import type {
  MediaState,
  Participant,
  ParticipantId,
  SetPresence,
  TrackKind,
} from "@darasa/protocol";
import { adopt, mediaOff, memoryOf, type Counter, type Part } from "./part.ts";
import { mergedPart, setOwn } from "./person.ts";
import type { Person, Room, Stay } from "./room.ts";

/** What the teacher allowed one person, apart from what the class says. */
export interface Exceptions {
  readonly drawAllowed: boolean;
  /** Null: what the class says. */
  readonly sources: readonly TrackKind[] | null;
}

/** Lets a session in. Its person appears, or gets one session more. */
export function enter(stay: Stay, { drawAllowed, sources }: Exceptions, nowMs: number): void {
  const { room, session } = stay;
  const { participantId } = session.identity;
  room.stays.set(session.sessionId, stay);
  session.stays.set(room.roomId, stay);
  const before = room.people.get(participantId);
  const known = mergedPart(before);
  stay.contextSaid = (known?.contextSaid ?? 0) + 1;
  const stays = before === undefined ? [stay] : [...before.stays, stay];
  const part = fromStays(before?.own ?? firstPart(room, { stay, known, nowMs }), stays);
  setOwn(room, participantId, {
    ...part,
    participant: {
      ...part.participant,
      role: stay.role,
      drawAllowed,
      sources: sources ?? undefined,
    },
    placeSaid: (known?.placeSaid ?? 0) + 1,
  });
  const person = room.people.get(participantId);
  if (person !== undefined) person.stays = stays;
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
  const { participantId } = session.identity;
  const person = room.people.get(participantId);
  if (person?.own == null) return;
  if (person.mediaOf === stay) setMedia(room, person, { mediaOf: null, media: mediaOff });
  person.stays = person.stays.filter((other) => other !== stay);
  const { own, stays } = person;
  if (stays.length > 0) setOwn(room, participantId, fromStays(own, stays));
  else {
    const memory = memoryOf(own);
    if (memory === null) room.memories.delete(participantId);
    else room.memories.set(participantId, memory);
    setOwn(room, participantId, null);
  }
}

/** What is said of a person who is connected here, from outside of their sessions. */
export type Change = Partial<
  Pick<Participant, "drawAllowed" | "sources" | "handRaisedAtMs" | "media">
>;

const counters = {
  drawAllowed: "placeSaid",
  sources: "placeSaid",
  handRaisedAtMs: "handSaid",
  media: "mediaSaid",
} as const satisfies Record<keyof Change, Counter>;

/** Says something new of a person who is connected here; nothing when they are not. */
export function updateParticipant(room: Room, participantId: ParticipantId, change: Change): void {
  const person = room.people.get(participantId);
  if (person?.own == null) return;
  const known = mergedPart(person) ?? person.own;
  const counted = (Object.keys(change) as (keyof Change)[]).map((key) => counters[key]);
  setOwn(room, participantId, {
    ...person.own,
    ...Object.fromEntries(counted.map((counter) => [counter, known[counter] + 1])),
    participant: { ...person.own.participant, ...change },
  });
}

/** Shows which tracks of a person are on, and which session here carries them. */
export function setMedia(
  room: Room,
  person: Person,
  { mediaOf, media }: { readonly mediaOf: Stay | null; readonly media: MediaState },
): void {
  const { own } = person;
  if (own === null) return;
  person.mediaOf = mediaOf;
  setOwn(room, own.participant.participantId, {
    ...own,
    mediaSaid: mediaOf === null ? 0 : (mergedPart(person)?.mediaSaid ?? 0) + 1,
    participant: { ...own.participant, media },
  });
}

/**
 * What one session says of what its person has before them (SPEC P9).
 *
 * @returns false when it only says again what it, and nobody after it, has said: then there is nothing to tell
 */
export function sayPresence(
  stay: Stay,
  { context, idle }: Pick<SetPresence, "context" | "idle">,
): boolean {
  const { room, session } = stay;
  const person = room.people.get(session.identity.participantId);
  if (person?.own == null || !stay.isPresent) return false;
  const saidLast = mergedPart(person)?.contextSaid ?? 0;
  const isSame = stay.context === context && stay.idle === idle;
  if (isSame && stay.contextSaid === saidLast) return false;
  stay.context = context;
  stay.idle = idle;
  stay.contextSaid = saidLast + 1;
  setOwn(room, session.identity.participantId, fromStays(person.own, person.stays));
  return true;
}

/** What is left of a live class when it has ended: its people, looking at the room. */
export function endClass(room: Room): void {
  room.liveClass = null;
  room.mesh.clear();
  room.memories.clear();
  for (const stay of room.stays.values()) {
    stay.inClass = false;
    if (stay.context === "class") stay.context = "room";
  }
  for (const person of [...room.people.values()]) {
    if (person.own === null) continue;
    const known = mergedPart(person) ?? person.own;
    const part = fromStays(person.own, person.stays);
    const { participant } = part;
    person.mediaOf = null;
    setOwn(room, participant.participantId, {
      ...part,
      participant: {
        ...participant,
        drawAllowed: false,
        sources: undefined,
        handRaisedAtMs: null,
        media: mediaOff,
      },
      placeSaid: known.placeSaid + 1,
      handSaid: known.handSaid + 1,
      mediaSaid: 0,
    });
  }
}

/** What of a part rests on the sessions that are here, as they say it now. */
function fromStays(part: Part, stays: readonly Stay[]): Part {
  const last = stays.reduce((one, other) => (other.contextSaid > one.contextSaid ? other : one));
  return {
    ...part,
    contextSaid: last.contextSaid,
    participant: {
      ...part.participant,
      inClass: stays.some(({ inClass }) => inClass),
      context: last.context,
      idle: stays.every(({ idle }) => idle),
    },
  };
}

/** A person as this node sees them from their first session on, with what is known of them elsewhere or from before. */
function firstPart(
  room: Room,
  { stay, known, nowMs }: { stay: Stay; known: Part | null; nowMs: number },
): Part {
  const { participantId, name } = stay.session.identity;
  const part: Part = {
    participant: {
      participantId,
      name,
      role: stay.role,
      joinedAtMs: nowMs,
      inClass: stay.inClass,
      drawAllowed: false,
      handRaisedAtMs: null,
      media: mediaOff,
      context: stay.context,
      idle: false,
    },
    placeSaid: 0,
    handSaid: 0,
    mediaSaid: 0,
    contextSaid: 0,
  };
  const memory = room.memories.get(participantId);
  room.memories.delete(participantId);
  return [known, memory].reduce<Part>((own, one) => (one ? adopt(own, one) : own), part);
}
