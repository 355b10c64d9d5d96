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

/** Everybody who was let in: teachers, students, guests, each by name; those who wait are not. */
export async function loadParticipants(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<readonly ParticipantRow[]> {
  return tx.any(sql.type(participantRowSchema)`
    select participant_id as "participantId", name, role from live_class_participants
    where live_class_id = ${id} and admitted_at is not null
    order by array_position(array['teacher', 'student', 'guest'], role), name, participant_id`);
}

/** The members who were to come to a class that has begun, and of whom nothing was seen; by name. */
export async function loadExpected(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<readonly ParticipantRow[]> {
  return tx.any(sql.type(participantRowSchema)`
    select m.user_id as "participantId", u.name, m.role
    from live_classes c
    join room_members m on (m.school_id, m.room_id) = (c.school_id, c.room_id)
    join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
    where c.live_class_id = ${id} and c.status <> 'scheduled'
      and c.attendance_removed_at is null and m.role = 'student'
      and m.added_at < coalesce(c.ended_at, now()) and u.deactivated_at is null
      and not exists (
        select from live_class_participants p
        where (p.school_id, p.live_class_id, p.participant_id) = (c.school_id, c.live_class_id, m.user_id)
      )
    order by u.name, m.user_id`);
}

const removedSchema = z.object({ isRemoved: z.boolean() });

/** True when the register of the class is older than the school keeps them, and was removed. */
export function isRegisterRemoved(tx: SchoolTransaction, id: LiveClassId): Promise<boolean> {
  return tx.oneFirst(sql.type(removedSchema)`
    select attendance_removed_at is not null as "isRemoved" from live_classes where live_class_id = ${id}`);
}

const ruleSchema = z.object({ lateAfterMinutes: z.number(), presentFromPercent: z.number() });

/** The school's rule for its registers. */
export function loadAttendanceRule(tx: SchoolTransaction): Promise<z.infer<typeof ruleSchema>> {
  return tx.one(sql.type(ruleSchema)`
    select late_after_minutes as "lateAfterMinutes", present_from_percent as "presentFromPercent"
    from schools`);
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
 * What the gateways saw of the class, in no order: every coming and going, of each session's heartbeats, which are two
 * a minute, the first and the last, and as one more of them when its holder last said that it held all who had not left.
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
    group by participant_id, session_id
    union all
    select opened.participant_id, opened.session_id, 'seen', beat.at
    from (
      select distinct on (participant_id, session_id) participant_id, session_id, holder_id, at
      from attendance_events where live_class_id = ${id} and kind <> 'left'
      order by participant_id, session_id, at desc
    ) opened
    join attendance_beats beat on beat.live_class_id = ${id} and beat.holder_id = opened.holder_id
      and beat.at >= opened.at`);
}
