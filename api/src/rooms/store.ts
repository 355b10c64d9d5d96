import { sql, type SchoolTransaction } from "@darasa/database";
import { hasSchoolPermission, roomRole, type ParticipantId, type RoomId } from "@darasa/protocol";
import * as z from "zod";
import type { UserCaller } from "../routing/access.ts";
import { storeMember } from "./memberStore.ts";

const roomRowSchema = z.object({
  id: z.string().transform((id) => id as RoomId),
  kind: z.enum(["class", "group", "direct"]),
  name: z.string(),
  lastSeq: z.number(),
  memberCount: z.number(),
  memberRole: z.enum(["teacher", "student"]).nullable(),
  /** The person is there for a while only, in somebody's stead. */
  isSubstitute: z.boolean(),
});

/** A room that a person may see, with their role in it. */
export interface RoomRow extends Omit<z.infer<typeof roomRowSchema>, "memberRole"> {
  readonly role: "teacher" | "student";
}

/**
 * The rooms that an account may see: its own, and for those who run the school every class and group.
 * What two people say to each other is theirs; their room has the other's name, none when they are gone.
 */
const select = ({ participantId, role }: UserCaller) => sql.fragment`
  select r.room_id as id, r.kind, r.last_seq as "lastSeq", m.role as "memberRole",
    m.until is not null as "isSubstitute",
    case when r.kind <> 'direct' then r.name else coalesce((
      select u.name from room_members o
      join users u on (u.school_id, u.user_id) = (o.school_id, o.user_id)
      where (o.school_id, o.room_id) = (r.school_id, r.room_id) and o.user_id <> ${participantId}
    ), '') end as name,
    (
      select count(*) from room_members n
      where (n.school_id, n.room_id) = (r.school_id, r.room_id)
    ) as "memberCount"
  from rooms r
  left join room_members m
    on (m.school_id, m.room_id, m.user_id) = (r.school_id, r.room_id, ${participantId})
    and (m.until is null or m.until > now())
  where r.archived_at is null and is_room_open(r.kind, r.room_id)
    and (m.role is not null or (${hasSchoolPermission(role, "rooms.runAll")} and r.kind <> 'direct'))`;

/** All rooms that the account may see, by name. */
export async function loadRooms(
  tx: SchoolTransaction,
  caller: UserCaller,
): Promise<readonly RoomRow[]> {
  const rows = await tx.any(sql.type(roomRowSchema)`${select(caller)} order by name, id`);
  return rows.flatMap((row) => withRole(caller, row) ?? []);
}

/** The room, or null when the account may not know of it. */
export async function loadRoom(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: RoomId,
): Promise<RoomRow | null> {
  const row = await tx.maybeOne(sql.type(roomRowSchema)`${select(caller)} and r.room_id = ${id}`);
  return row && withRole(caller, row);
}

function withRole(
  caller: UserCaller,
  { memberRole, ...room }: z.infer<typeof roomRowSchema>,
): RoomRow | null {
  const role = roomRole({ roomKind: room.kind, schoolRole: caller.role, memberRole });
  return role && { ...room, role };
}

const idRowSchema = z.object({ id: z.string().transform((id) => id as RoomId) });

/** Holds the room, so that changes of who belongs there come one after the other. */
export async function lockRoom(tx: SchoolTransaction, id: RoomId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    select from rooms where room_id = ${id} for no key update`);
}

/** True when the school has as many classes and groups as it may. */
export function isSchoolFull(tx: SchoolTransaction): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from schools s where s.max_rooms <= (
      select count(*) from rooms r where r.kind <> 'direct' and r.archived_at is null)`);
}

/** Gives the room another name. */
export async function storeRoomName(
  tx: SchoolTransaction,
  id: RoomId,
  name: string,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`update rooms set name = ${name} where room_id = ${id}`);
}

/** From now on the room is shown nowhere. */
export async function storeRoomArchived(
  tx: SchoolTransaction,
  id: RoomId,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update rooms set archived_at = ${sql.timestamp(new Date(nowMs))} where room_id = ${id}`);
}

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
