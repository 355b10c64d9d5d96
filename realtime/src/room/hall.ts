import { hasPermission, limits, type Participant } from "@darasa/protocol";
import type { Person, Room } from "./room.ts";

/** A hall that has fewer people is a room again (SPEC P10). */
const hallEndsBelow = 150;

/** Whether all are told of this person even in a hall (SPEC P10). */
export function isOfNote({ role, handRaisedAtMs, drawAllowed, media }: Participant): boolean {
  return (
    handRaisedAtMs !== null ||
    drawAllowed ||
    media.microphone ||
    media.camera ||
    media.screen ||
    hasPermission(role, "classroom.moderate")
  );
}

/** Those whom a list that begins anew has, and a join's ack: all, or in a hall those of note. */
export function listedParticipants(room: Room): Participant[] {
  const listed = room.isHall ? room.ofNote : room.people.values();
  return [...listed].map(({ participant }) => participant);
}

/** The same as a JSON array: nobody is encoded again for each who joins. */
export function encodeListed(room: Room): string {
  const listed = room.isHall ? room.ofNote : room.people.values();
  let encoded = "";
  for (const person of listed) {
    person.encoded ??= JSON.stringify(person.participant);
    encoded += encoded === "" ? person.encoded : `,${person.encoded}`;
  }
  return `[${encoded}]`;
}

/** Keeps track of who is of note, and of whom that has changed since the last telling. */
export function judgeNote(room: Room, person: Person, isPresent: boolean): void {
  const isNow = isPresent && isOfNote(person.participant);
  if (isNow === room.ofNote.has(person)) return;
  if (isNow) room.ofNote.add(person);
  else room.ofNote.delete(person);
  if (room.isHall) room.noteChanged.add(person.participant.participantId);
}

/** Makes a room a hall, or a hall a room, when so many have come or gone; the list then begins anew. */
export function judgeSize(room: Room): void {
  const { size } = room.people;
  const isHall = room.isHall ? size >= hallEndsBelow : size > limits.maxListedParticipants;
  if (isHall === room.isHall) return;
  room.isHall = isHall;
  room.isListNew = true;
  room.noteChanged.clear();
}
