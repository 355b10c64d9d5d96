import { sql, type SchoolTransaction } from "@darasa/database";
import { participantRoles, type LiveClassId } from "@darasa/protocol";
import * as z from "zod";

const participantRowSchema = z.object({
  participantId: z.string(),
  name: z.string(),
  role: z.enum(participantRoles),
});

/** Somebody who was let into the class. */
export type ParticipantRow = z.infer<typeof participantRowSchema>;

/** Everybody who was let in: teachers, students, guests, each by name. */
export async function loadParticipants(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<readonly ParticipantRow[]> {
  return tx.any(sql.type(participantRowSchema)`
    select participant_id as "participantId", name, role from live_class_participants
    where live_class_id = ${id}
    order by array_position(array['teacher', 'student', 'guest'], role), name, participant_id`);
}

const eventRowSchema = z.object({
  participantId: z.string(),
  sessionId: z.string(),
  kind: z.enum(["joined", "seen", "left"]),
  atMs: z.number(),
});

/** A row of `attendance_events`. */
export type EventRow = z.infer<typeof eventRowSchema>;

/**
 * What the gateways saw of the class, in no order: every coming and going, and of each session's heartbeats,
 * which are two a minute, the first and the last.
 */
export async function loadAttendanceEvents(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<readonly EventRow[]> {
  return tx.any(sql.type(eventRowSchema)`
    select participant_id as "participantId", session_id as "sessionId", kind, at as "atMs"
    from attendance_events where live_class_id = ${id} and kind <> 'seen'
    union all
    select participant_id, session_id, 'seen', unnest(array[min(at), max(at)])
    from attendance_events where live_class_id = ${id} and kind = 'seen'
    group by participant_id, session_id`);
}
