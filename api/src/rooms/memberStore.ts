import { sql, type SchoolTransaction } from "@darasa/database";
import { schoolRoles, type ParticipantId, type RoomId } from "@darasa/protocol";
import * as z from "zod";

/** Somebody's place in a room. */
export interface Membership {
  readonly roomId: RoomId;
  readonly userId: ParticipantId;
  readonly role: "teacher" | "student";
  /** A substitute's last moment, epoch ms. */
  readonly untilMs?: number | null | undefined;
}

/** Lets an account into a room or changes its role there. */
export async function storeMember(
  tx: SchoolTransaction,
  { roomId, userId, role, untilMs }: Membership,
): Promise<void> {
  const until = untilMs == null ? null : new Date(untilMs).toISOString();
  await tx.query(sql.typeAlias("nothing")`
    insert into room_members (school_id, room_id, user_id, role, until)
    values (app_school_id(), ${roomId}, ${userId}, ${role}, ${until}::timestamptz)
    on conflict (school_id, room_id, user_id)
      do update set role = excluded.role, until = excluded.until`);
}

const placeSchema = z.object({
  role: z.enum(["teacher", "student"]),
  untilMs: z.number().nullable(),
});

/** What somebody is in a room, and until when. */
export type Place = z.infer<typeof placeSchema>;

/** What somebody is in a room; null when they do not belong there. */
export function loadPlace(
  tx: SchoolTransaction,
  roomId: RoomId,
  userId: ParticipantId,
): Promise<Place | null> {
  return tx.maybeOne(sql.type(placeSchema)`
    select role, until as "untilMs" from room_members
    where room_id = ${roomId} and user_id = ${userId}`);
}

/** Takes somebody out of a room. */
export async function deleteMember(
  tx: SchoolTransaction,
  roomId: RoomId,
  userId: ParticipantId,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    delete from room_members where room_id = ${roomId} and user_id = ${userId}`);
}

/** True when the room has a teacher beside this one, who is there to stay. */
export function hasOtherTeacher(
  tx: SchoolTransaction,
  roomId: RoomId,
  userId: ParticipantId,
): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from room_members m
    join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
    where m.room_id = ${roomId} and m.user_id <> ${userId} and m.role = 'teacher'
      and m.until is null and u.deactivated_at is null`);
}

const roleRowSchema = z.object({ role: z.enum(schoolRoles) });

/** The role of an active account in the school; null when there is none of that id. */
export function loadSchoolRole(
  tx: SchoolTransaction,
  userId: ParticipantId,
): Promise<z.infer<typeof roleRowSchema>["role"] | null> {
  return tx.maybeOneFirst(sql.type(roleRowSchema)`
    select role from users where user_id = ${userId} and deactivated_at is null`);
}

const memberRowSchema = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.enum(["teacher", "student"]),
  untilMs: z.number().nullable(),
});

/** The members of a room, teachers first, by name. */
export async function loadMembers(
  tx: SchoolTransaction,
  roomId: RoomId,
): Promise<readonly z.infer<typeof memberRowSchema>[]> {
  return tx.any(sql.type(memberRowSchema)`
    select m.user_id as "userId", u.name, m.role, m.until as "untilMs"
    from room_members m
    join users u on (u.school_id, u.user_id) = (m.school_id, m.user_id)
    where m.room_id = ${roomId} and u.deactivated_at is null
    order by m.role = 'teacher' desc, u.name, m.user_id`);
}
