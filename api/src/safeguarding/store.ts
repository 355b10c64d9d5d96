import { sql, type SchoolTransaction } from "@darasa/database";
import type { RoomId } from "@darasa/protocol";
import * as z from "zod";

const roomRowSchema = z.object({
  id: z.string(),
  kind: z.enum(["class", "group", "direct"]),
  name: z.string(),
  members: z.array(z.string()),
  memberCount: z.number(),
  lastSeq: z.number(),
  lastSentAtMs: z.number().nullable(),
  archived: z.boolean(),
});

const maxRooms = 100;
const maxNames = 50;

/**
 * Rooms of the school, direct and archived ones too, whose name or one of whose members' names has `query` in it, any
 * case: those in which something was said last come first; at most 100. A room of two has no name of its own.
 */
export async function loadAllRooms(
  tx: SchoolTransaction,
  query: string,
): Promise<readonly z.infer<typeof roomRowSchema>[]> {
  const pattern = `%${query.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  return tx.any(sql.type(roomRowSchema)`
    select r.room_id as id, r.kind, case when r.kind = 'direct' then '' else r.name end as name,
      r.last_seq as "lastSeq", r.archived_at is not null as archived,
      (
        select sent_at from chat_messages m
        where (m.school_id, m.room_id, m.seq) = (r.school_id, r.room_id, r.last_seq)
      ) as "lastSentAtMs",
      array(
        select u.name from room_members m
        join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
        where (m.school_id, m.room_id) = (r.school_id, r.room_id)
        order by m.role = 'teacher' desc, u.name, u.user_id limit ${maxNames}
      ) as members,
      (
        select count(*) from room_members m
        where (m.school_id, m.room_id) = (r.school_id, r.room_id)
      ) as "memberCount"
    from rooms r
    where (r.kind <> 'direct' and lower(r.name) like ${pattern}) or exists (
      select from room_members m
      join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
      where (m.school_id, m.room_id) = (r.school_id, r.room_id) and lower(u.name) like ${pattern}
    )
    order by "lastSentAtMs" desc nulls last, r.created_at desc, id
    limit ${maxRooms}`);
}

/** True when the school has that room, whether it is in use or archived. */
export function hasRoom(tx: SchoolTransaction, id: RoomId): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`select from rooms where room_id = ${id}`);
}

/** One look at a room, as the audit log has it. */
export interface Look {
  readonly readerId: string;
  readonly roomId: RoomId;
  readonly reason: string;
}

/** True when the log has this look, for this reason, from within the last hour. */
export function isLookRecorded(
  tx: SchoolTransaction,
  { readerId, roomId, reason }: Look,
): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from audit_events
    where subject_id = ${roomId} and action = 'message.read' and actor_id = ${readerId}
      and details ->> 'reason' = ${reason} and at > now() - interval '1 hour'`);
}
