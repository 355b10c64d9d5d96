import type { MediaState, Participant, ParticipantId } from "@darasa/protocol";
import type { Memory, Person, Room, Stay } from "./room.ts";

/** Everybody's tracks before they said anything else. */
export const mediaOff: MediaState = { microphone: false, camera: false, screen: false };

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

/** A person as the others see them from the first join on. */
function newPerson(
  stay: Stay,
  {
    drawAllowed,
    nowMs,
    memory,
  }: { drawAllowed: boolean; nowMs: number; memory?: Memory | undefined },
): Person {
  const { participantId, name } = stay.session.identity;
  return {
    participant: {
      participantId,
      name,
      role: stay.role,
      joinedAtMs: memory?.joinedAtMs ?? nowMs,
      inClass: stay.inClass,
      drawAllowed,
      handRaisedAtMs: memory?.handRaisedAtMs ?? null,
      media: mediaOff,
      context: stay.inClass ? "class" : "room",
      idle: false,
    },
    stays: new Set([stay]),
    mediaOf: null,
  };
}
