import { limits, type ParticipantId, type SessionId } from "@darasa/protocol";
import type { Room, SeatNotice, Stay } from "./room.ts";

/** The seats of this node's sessions, for the others. */
export function seatsHere(room: Room): SeatNotice[] {
  const here = [...room.mesh.values()].filter(({ stay }) => stay !== null);
  return here.map(({ sessionId, participantId, joinedAtMs }) => ({
    sessionId,
    participantId,
    joinedAtMs,
  }));
}

/**
 * Those here who have to give their seat up, because two nodes let somebody in at the same time: who is beyond the
 * sixth, and who has taken another seat since (SPEC V1). Every node decides the same and does its own part.
 */
export function surplusHere(room: Room): Stay[] {
  const inOrder = [...room.mesh.values()].sort(
    (one, other) => one.joinedAtMs - other.joinedAtMs || (one.sessionId < other.sessionId ? -1 : 1),
  );
  const newest = new Map<ParticipantId, SessionId>();
  for (const seat of inOrder) newest.set(seat.participantId, seat.sessionId);
  const single = inOrder.filter((seat) => newest.get(seat.participantId) === seat.sessionId);
  const kept = new Set(single.slice(0, limits.maxMeshMembers));
  return inOrder.flatMap((seat) => (seat.stay === null || kept.has(seat) ? [] : [seat.stay]));
}
