import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId, RoomId, SchoolRole } from "@darasa/protocol";

interface Joining {
  readonly roomId: RoomId;
  readonly userId: ParticipantId;
  /** What the person is in the school. */
  readonly role: SchoolRole;
}

/**
 * Lets an account into a room: students as students, all others as teachers. Who belongs there already keeps
 * their part. Gives whether they are new there.
 */
export async function joinRoom(
  tx: SchoolTransaction,
  { roomId, userId, role }: Joining,
): Promise<boolean> {
  const { rowCount } = await tx.query(sql.typeAlias("nothing")`
    insert into room_members (school_id, room_id, user_id, role)
    values (app_school_id(), ${roomId}, ${userId}, ${partOf(role)})
    on conflict (school_id, room_id, user_id) do nothing`);
  return rowCount > 0;
}

/** What somebody of that role is in a room that they come into. */
export function partOf(role: SchoolRole): "student" | "teacher" {
  return role === "student" ? "student" : "teacher";
}
