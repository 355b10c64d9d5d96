import {
  limits,
  type GetParticipants,
  type ParticipantId,
  type ParticipantsAck,
} from "@darasa/protocol";
import type { Answer } from "../room/answer.ts";
import { participantsOf, type Stay } from "../room/room.ts";

/** Answers with one page of those who are present (SPEC P10). */
export function getParticipants(
  { room }: Stay,
  { after, query = "" }: GetParticipants,
): Answer<ParticipantsAck> {
  const wanted = query.toLowerCase();
  const found = participantsOf(room)
    .filter(({ participantId, name }) => isAfter(participantId, after) && contains(name, wanted))
    .sort((a, b) => (a.participantId < b.participantId ? -1 : 1));
  const participants = found.slice(0, limits.participantPageSize);
  const isLast = found.length === participants.length;
  const next = isLast ? null : (participants.at(-1)?.participantId ?? null);
  return { ok: true, value: { participants, next, count: room.people.size } };
}

function isAfter(id: ParticipantId, after: ParticipantId | null): boolean {
  return after === null || id > after;
}

function contains(name: string, wanted: string): boolean {
  return wanted === "" || name.toLowerCase().includes(wanted);
}
