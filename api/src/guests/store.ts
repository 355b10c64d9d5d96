import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId } from "@darasa/protocol";
import * as z from "zod";

const invitingSchema = z.object({
  title: z.string(),
  roomName: z.string(),
  status: z.enum(["scheduled", "live"]),
  startsAtMs: z.number(),
  teachers: z.array(z.string()),
});

/** A class that can be joined, as an invitation shows it; null when it has ended meanwhile. */
export function loadInvitingClass(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<z.infer<typeof invitingSchema> | null> {
  return tx.maybeOne(sql.type(invitingSchema)`
    select c.title, r.name as "roomName", c.status, c.starts_at as "startsAtMs",
      array(
        select u.name from room_members t
        join users u on (u.school_id, u.user_id) = (t.school_id, t.user_id)
        where (t.school_id, t.room_id) = (c.school_id, c.room_id) and t.role = 'teacher'
        order by u.name
      ) as teachers
    from live_classes c
    join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
    where c.live_class_id = ${id} and c.status <> 'ended'`);
}
