import { sql, type SchoolTransaction } from "@darasa/database";
import {
  roomRole,
  schoolRoles,
  type LiveClassId,
  type ParticipantId,
  type RoomId,
} from "@darasa/protocol";
import * as z from "zod";
import { guestPolicySchema } from "./invitation.ts";

const invitingSchema = z.object({
  title: z.string(),
  schoolName: z.string(),
  schoolSlug: z.string(),
  roomName: z.string(),
  status: z.enum(["scheduled", "live"]),
  startsAtMs: z.number(),
  teachers: z.array(z.string()),
  asksPin: z.boolean(),
  guests: guestPolicySchema,
  colour: z.string(),
  logo: z.string().nullable(),
  code: z.string(),
  isSchoolSuspended: z.boolean(),
});

/** A class that can be joined, with its school, as an invitation shows it. */
export type InvitingClass = z.infer<typeof invitingSchema>;

/** A class that can be joined; null when it has ended meanwhile. */
export function loadInvitingClass(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<InvitingClass | null> {
  return tx.maybeOne(sql.type(invitingSchema)`
    select c.title, s.name as "schoolName", s.slug as "schoolSlug", r.name as "roomName", c.status,
      c.starts_at as "startsAtMs", c.pin is not null as "asksPin", s.guest_policy as guests,
      s.colour, s.logo_id as logo, c.code, s.suspended_at is not null as "isSchoolSuspended",
      array(
        select u.name from room_members t
        join users u on (u.school_id, u.user_id) = (t.school_id, t.user_id)
        where (t.school_id, t.room_id) = (c.school_id, c.room_id) and t.role = 'teacher'
        order by u.name
      ) as teachers
    from live_classes c
    join schools s on s.school_id = c.school_id
    join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
    where c.live_class_id = ${id} and c.status <> 'ended'`);
}

const doorSchema = z.object({
  roomId: z.string().transform((id) => id as RoomId),
  code: z.string().nullable(),
  status: z.enum(["scheduled", "live", "ended"]),
  isSchoolSuspended: z.boolean(),
  guestPolicy: guestPolicySchema,
  pin: z.string().nullable(),
  wrongPins: z.number(),
  guestCount: z.number(),
  maxGuests: z.number(),
});

/** What decides about new guests of a class. */
export type DoorRow = z.infer<typeof doorSchema>;

/**
 * The door of a class, held until the transaction ends: new guests come one after the other, so that each sees
 * the tries and the number of those before. Null when there is no such class.
 */
export async function lockDoor(tx: SchoolTransaction, id: LiveClassId): Promise<DoorRow | null> {
  // A statement of its own: what is counted below must be as it is once the lock is held.
  await tx.query(sql.typeAlias("nothing")`
    select from live_classes where live_class_id = ${id} for no key update`);
  return tx.maybeOne(sql.type(doorSchema)`
    select c.room_id as "roomId", c.code, c.status, s.suspended_at is not null as "isSchoolSuspended",
      s.guest_policy as "guestPolicy", c.pin, c.wrong_pins as "wrongPins",
      (
        select count(*)::int from live_class_participants p
        where (p.school_id, p.live_class_id) = (c.school_id, c.live_class_id)
          and p.role = 'guest' and p.removed_at is null
      ) as "guestCount",
      s.max_guests_per_class as "maxGuests"
    from live_classes c join schools s on s.school_id = c.school_id
    where c.live_class_id = ${id}`);
}

const teacherSchema = z.object({
  roomKind: z.enum(["class", "group", "direct"]),
  schoolRole: z.enum(schoolRoles),
  memberRole: z.enum(["teacher", "student"]).nullable(),
});

/** Whether that account is a teacher of the class's room now. */
export async function teachesClass(
  tx: SchoolTransaction,
  id: LiveClassId,
  userId: ParticipantId,
): Promise<boolean> {
  const place = await tx.maybeOne(sql.type(teacherSchema)`
    select r.kind as "roomKind", u.role as "schoolRole", m.role as "memberRole"
    from live_classes c
    join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
    join users u on u.school_id = c.school_id and u.user_id = ${userId} and u.deactivated_at is null
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (r.school_id, r.room_id, u.user_id)
      and (m.until is null or m.until > now())
    where c.live_class_id = ${id}`);
  return place !== null && roomRole(place) === "teacher";
}

/** One more wrong PIN was tried; the door is locked by this transaction. */
export async function countWrongPin(tx: SchoolTransaction, id: LiveClassId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set wrong_pins = wrong_pins + 1 where live_class_id = ${id}`);
}
