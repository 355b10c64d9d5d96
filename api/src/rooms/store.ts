import { sql, type SchoolTransaction } from "@darasa/database";
import { hasSchoolPermission, type ParticipantId, type RoomId } from "@darasa/protocol";
import * as z from "zod";
import type { UserCaller } from "../routing/access.ts";

const roomRowSchema = z.object({
  id: z.string().transform((id) => id as RoomId),
  kind: z.enum(["class", "group", "direct"]),
  name: z.string(),
  lastSeq: z.number(),
  memberCount: z.number(),
  role: z.enum(["teacher", "student"]),
});

/** A room that a person may see, with their role in it. */
export type RoomRow = z.infer<typeof roomRowSchema>;

/**
 * The rooms that an account may see: its own, and for those who run the school every class and group,
 * where they are teachers. What two people say to each other is theirs.
 */
const select = ({ participantId, role }: UserCaller) => sql.fragment`
  select * from (
    select r.room_id as id, r.kind, r.name, r.last_seq as "lastSeq",
      (
        select count(*) from room_members n
        where (n.school_id, n.room_id) = (r.school_id, r.room_id)
      ) as "memberCount",
      case when ${hasSchoolPermission(role, "rooms.runAll")} and r.kind <> 'direct' then 'teacher' else m.role end as role
    from rooms r
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (r.school_id, r.room_id, ${participantId})
    where r.archived_at is null
  ) as seen
  where role is not null`;

/** All rooms that the account may see, by name. */
export async function loadRooms(
  tx: SchoolTransaction,
  caller: UserCaller,
): Promise<readonly RoomRow[]> {
  return tx.any(sql.type(roomRowSchema)`${select(caller)} order by name, id`);
}

/** The room, or null when the account may not know of it. */
export function loadRoom(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: RoomId,
): Promise<RoomRow | null> {
  return tx.maybeOne(sql.type(roomRowSchema)`${select(caller)} and id = ${id}`);
}

const idRowSchema = z.object({ id: z.string().transform((id) => id as RoomId) });

/** Makes a room with one teacher; gives its id. */
export async function storeRoom(
  tx: SchoolTransaction,
  room: { readonly kind: "class" | "group"; readonly name: string },
  teacher: ParticipantId,
): Promise<RoomId> {
  const id = await tx.oneFirst(sql.type(idRowSchema)`
    insert into rooms (school_id, kind, name) values (app_school_id(), ${room.kind}, ${room.name})
    returning room_id as id`);
  await storeMember(tx, { roomId: id, userId: teacher, role: "teacher" });
  return id;
}

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

/** True when the school has such an account and it is active. */
export function isActiveUser(tx: SchoolTransaction, userId: ParticipantId): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from users where user_id = ${userId} and deactivated_at is null`);
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
