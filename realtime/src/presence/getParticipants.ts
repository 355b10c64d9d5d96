import { limits, type GetParticipants, type ParticipantsAck } from "@darasa/protocol";
import type { Answer } from "../room/answer.ts";
import type { Stay } from "../room/room.ts";
import { pageOfRoster } from "../room/roster.ts";

/** Answers with one page of those who are present (SPEC P10). */
export function getParticipants(
  { room }: Stay,
  { after, query = "" }: GetParticipants,
): Answer<ParticipantsAck> {
  const page = pageOfRoster(room, { after, query, pageSize: limits.participantPageSize });
  return { ok: true, value: { ...page, count: room.people.size } };
}
