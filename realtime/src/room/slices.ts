import type { ParticipantId } from "@darasa/protocol";
import type { NodeId } from "./nodeId.ts";
import { adopt, memoryOf, type Memory, type Part } from "./part.ts";
import { setElsewhere, setOwn } from "./person.ts";
import type { Room } from "./room.ts";

/** Another node says this of somebody who is connected to it. True when what this node says changes by it. */
export function hearPart(room: Room, nodeId: NodeId, part: Part): boolean {
  const { participantId } = part.participant;
  setElsewhere(room, nodeId, { participantId, part });
  const memory = room.memories.get(participantId);
  if (memory !== undefined && memory.handSaid < part.handSaid) room.memories.delete(participantId);
  return adoptInto(room, participantId, part);
}

/** Somebody has no session at that node any more. */
export function dropPart(room: Room, nodeId: NodeId, participantId: ParticipantId): void {
  setElsewhere(room, nodeId, { participantId, part: null });
}

/** Whether that node says something of this person. */
export function isAt(room: Room, nodeId: NodeId, participantId: ParticipantId): boolean {
  return room.people.get(participantId)?.elsewhere?.has(nodeId) === true;
}

/** All of whom that node says something. */
export function peopleAt(room: Room, nodeId: NodeId): ParticipantId[] {
  const ids: ParticipantId[] = [];
  for (const [id, { elsewhere }] of room.people) if (elsewhere?.has(nodeId) === true) ids.push(id);
  return ids;
}

/** The hand of somebody who left without a word, as far as it is known; null when it was down. */
export function lastKnownHand(room: Room, nodeId: NodeId, id: ParticipantId): Memory | null {
  const part = room.people.get(id)?.elsewhere?.get(nodeId);
  return part === undefined ? null : memoryOf(part);
}

/** What became of a hand that another node remembers. */
export type HeardMemory = "adopted" | "kept" | "known";

/** Another node remembers a hand: it is of somebody who came here meanwhile, or it is kept until they come. */
export function hearMemory(room: Room, memory: Memory): HeardMemory {
  const { participantId, handSaid } = memory;
  if (adoptInto(room, participantId, memory)) return "adopted";
  const isKnown = (room.memories.get(participantId)?.handSaid ?? -1) >= handSaid;
  if (isKnown || room.people.has(participantId)) return "known";
  room.memories.set(participantId, memory);
  return "kept";
}

function adoptInto(room: Room, participantId: ParticipantId, known: Memory | Part): boolean {
  const own = room.people.get(participantId)?.own ?? null;
  if (own === null) return false;
  const adopted = adopt(own, known);
  if (adopted === own) return false;
  setOwn(room, participantId, adopted);
  return true;
}
