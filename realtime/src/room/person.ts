import type { ParticipantId } from "@darasa/protocol";
import { judgeNote, judgeSize } from "./hall.ts";
import type { NodeId } from "./nodeId.ts";
import { mergeParts, type Part } from "./part.ts";
import type { Person, Room, Stay } from "./room.ts";
import { addToRoster, removeFromRoster } from "./roster.ts";

const nowhere: readonly Stay[] = [];

/** All that is said of a person, as one; null of nobody. */
export function mergedPart(person: Person | undefined): Part | null {
  if (person === undefined) return null;
  if (person.elsewhere === null) return person.own;
  let merged = person.own;
  for (const part of person.elsewhere.values()) {
    merged = merged === null ? part : mergeParts(merged, part);
  }
  return merged;
}

/** What this node says of somebody from now on; null: they have no session here any more. */
export function setOwn(room: Room, participantId: ParticipantId, own: Part | null): void {
  const person = room.people.get(participantId);
  const wasHere = (person?.own ?? null) !== null;
  if (wasHere !== (own !== null)) room.peopleHere += wasHere ? -1 : 1;
  if (person !== undefined) {
    person.own = own;
    settle(room, person);
  } else if (own !== null) {
    add(room, {
      participant: own.participant,
      encoded: null,
      own,
      elsewhere: null,
      stays: nowhere,
      mediaOf: null,
    });
  }
}

/** What another node says of somebody from now on; null: they have no session there any more. */
export function setElsewhere(
  room: Room,
  nodeId: NodeId,
  change: { readonly participantId: ParticipantId; readonly part: Part | null },
): void {
  const { participantId, part } = change;
  const person = room.people.get(participantId);
  if (part === null) {
    if (person?.elsewhere?.delete(nodeId) !== true) return;
    if (person.elsewhere.size === 0) person.elsewhere = null;
    settle(room, person);
  } else if (person === undefined) {
    const elsewhere = new Map([[nodeId, part]]);
    const { participant } = part;
    const nobodyHere = { own: null, stays: nowhere, mediaOf: null };
    add(room, { participant, encoded: null, elsewhere, ...nobodyHere });
  } else {
    person.elsewhere = (person.elsewhere ?? new Map<NodeId, Part>()).set(nodeId, part);
    settle(room, person);
  }
}

function add(room: Room, person: Person): void {
  const { participantId } = person.participant;
  room.people.set(participantId, person);
  addToRoster(room, person);
  judgeSize(room);
  judgeNote(room, person, true);
}

function settle(room: Room, person: Person): void {
  const merged = mergedPart(person);
  if (merged !== null) {
    person.participant = merged.participant;
    person.encoded = null;
    judgeNote(room, person, true);
    return;
  }
  const { participantId } = person.participant;
  room.people.delete(participantId);
  removeFromRoster(room, person);
  judgeNote(room, person, false);
  judgeSize(room);
}
