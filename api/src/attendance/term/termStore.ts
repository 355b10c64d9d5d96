import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId, RoomId } from "@darasa/protocol";
import * as z from "zod";

const studentRowSchema = z.object({
  participantId: z.string(),
  name: z.string(),
  /** Since when they are expected in the room's classes; null: not any more. */
  expectedFromMs: z.number().nullable(),
});

/** Somebody of whom a term's register tells. */
export type StudentRow = z.infer<typeof studentRowSchema>;

/** Who came to classes: by their ids, and by the stored sums of these classes. */
interface Came {
  readonly came: readonly string[];
  readonly cameTo: readonly string[];
}

/** The room's students and those who came, by name. */
export async function loadStudents(
  tx: SchoolTransaction,
  roomId: RoomId,
  { came, cameTo }: Came,
): Promise<readonly StudentRow[]> {
  return tx.any(sql.type(studentRowSchema)`
    select u.user_id as "participantId", u.name,
      case when u.deactivated_at is null then m.added_at end as "expectedFromMs"
    from users u
    left join room_members m
      on (m.school_id, m.user_id, m.room_id) = (u.school_id, u.user_id, ${roomId}) and m.role = 'student'
    where (m.user_id is not null and u.deactivated_at is null)
      or u.user_id = any(${sql.array([...came], "uuid")})
      or u.user_id = any(array(
        select distinct unnest(participant_ids) from attendance_sums
        where live_class_id = any(${sql.array([...cameTo], "uuid")})
      ))
    order by u.name, u.user_id`);
}

/** One of them; null when there is no such account, or it has nothing to do with the room and its classes. */
export function loadStudent(
  tx: SchoolTransaction,
  roomId: RoomId,
  participantId: ParticipantId,
): Promise<StudentRow | null> {
  return tx.maybeOne(sql.type(studentRowSchema)`
    select u.user_id as "participantId", u.name,
      case when u.deactivated_at is null then m.added_at end as "expectedFromMs"
    from users u
    left join room_members m
      on (m.school_id, m.user_id, m.room_id) = (u.school_id, u.user_id, ${roomId}) and m.role = 'student'
    where u.user_id = ${participantId} and (m.user_id is not null or exists (
      select from live_class_participants p
      join live_classes c on (c.school_id, c.live_class_id) = (p.school_id, p.live_class_id)
      where (p.school_id, p.participant_id) = (u.school_id, u.user_id) and c.room_id = ${roomId}
        and p.role = 'student'
    ))`);
}
