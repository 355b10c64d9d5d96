import type { LowerHand, ParticipantId } from "@darasa/protocol";
import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, refuse, type Answer } from "../room/answer.ts";
import { updateParticipant } from "../room/people.ts";
import type { Room, Stay } from "../room/room.ts";

type Done = Answer<Readonly<Record<string, never>>>;

/** Raises one's own hand; a hand that is up stays where it stands in the order (SPEC P3). */
export function createRaiseHand(presence: PresenceFeed, now: () => number) {
  return ({ room, session }: Stay): Done => {
    const { participantId } = session.identity;
    const person = room.people.get(participantId);
    if (person?.participant.handRaisedAtMs !== null) return done;
    updateParticipant(room, participantId, { handRaisedAtMs: nextHandAtMs(room, now()) });
    presence.changed(room, participantId);
    return done;
  };
}

/** Lowers a hand, or all; that of somebody who has just left, too. */
export function createLowerHand(presence: PresenceFeed) {
  return ({ room }: Stay, { participant }: LowerHand): Done => {
    if (participant !== null && !isKnown(room, participant)) return refuse("not_found");
    const ids = participant === null ? [...room.people.keys()] : [participant];
    if (participant === null) room.memories.clear();
    for (const id of ids) {
      room.memories.delete(id);
      if ((room.people.get(id)?.participant.handRaisedAtMs ?? null) === null) continue;
      updateParticipant(room, id, { handRaisedAtMs: null });
      presence.changed(room, id);
    }
    return done;
  };
}

function isKnown(room: Room, participant: ParticipantId): boolean {
  return room.people.has(participant) || room.memories.has(participant);
}

/** Later than every hand that is up: two within one millisecond are still in an order. */
function nextHandAtMs(room: Room, nowMs: number): number {
  const raised = [...room.people.values()].map((one) => one.participant.handRaisedAtMs ?? 0);
  return Math.max(nowMs, ...raised.map((atMs) => atMs + 1));
}
