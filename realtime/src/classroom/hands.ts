import type { LowerHand, ParticipantId } from "@darasa/protocol";
import type { NodeBus } from "../nodes/nodeBus.ts";
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

/** Lowers a hand, or all; that of somebody who has just left, too, and of those who are connected elsewhere. */
export function createLowerHand(presence: PresenceFeed, bus: Pick<NodeBus, "say">) {
  return ({ room }: Stay, { participant }: LowerHand): Done => {
    if (participant !== null && !isKnown(room, participant)) return refuse("not_found");
    lowerHands(presence, room, participant);
    if (participant === null || mayBeElsewhere(room, participant)) {
      bus.say(room.channel, { kind: "lowerHand", participantId: participant });
    }
    return done;
  };
}

/** Lowers the hands of those who are connected here, or that are remembered here; `null`: of all. */
export function lowerHands(
  presence: PresenceFeed,
  room: Room,
  participant: ParticipantId | null,
): void {
  const raised = [...room.ofNote].map((person) => person.participant.participantId);
  if (participant === null) room.memories.clear();
  for (const id of participant === null ? raised : [participant]) {
    room.memories.delete(id);
    const person = room.people.get(id);
    if (person?.own == null || person.participant.handRaisedAtMs === null) continue;
    updateParticipant(room, id, { handRaisedAtMs: null });
    presence.changed(room, id);
  }
}

function isKnown(room: Room, participant: ParticipantId): boolean {
  return room.people.has(participant) || room.memories.has(participant);
}

function mayBeElsewhere(room: Room, participant: ParticipantId): boolean {
  const person = room.people.get(participant);
  return person === undefined || person.elsewhere !== null;
}

/** Later than every hand that is up: two within one millisecond are still in an order. */
function nextHandAtMs(room: Room, nowMs: number): number {
  let nextMs = nowMs;
  for (const { participant } of room.ofNote) {
    nextMs = Math.max(nextMs, (participant.handRaisedAtMs ?? 0) + 1);
  }
  return nextMs;
}
