import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import type { SchoolChange, SchoolUse } from "./schoolSettings.ts";

const useSchema = z.object({ users: z.number(), rooms: z.number() });

/** How much of its limits the school uses. */
export function loadUse(tx: SchoolTransaction): Promise<SchoolUse> {
  return tx.one(sql.type(useSchema)`
    select (select count(*) from users where deactivated_at is null) as users,
      (select count(*) from rooms where kind <> 'direct' and archived_at is null) as rooms`);
}

/** Writes what the change names. */
export async function storeSettings(tx: SchoolTransaction, change: SchoolChange): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update schools s set
      name = coalesce(c.name, s.name), colour = coalesce(c.colour, s.colour),
      sign_up_language = coalesce(c."signUpLanguage", s.sign_up_language),
      class_starters = coalesce(c."classStarters", s.class_starters),
      student_direct_messages = coalesce(c."studentDirectMessages", s.student_direct_messages),
      video_provider = coalesce(c."videoProvider", s.video_provider),
      guest_policy = coalesce(c."guestPolicy", s.guest_policy),
      recordings = coalesce(c.recordings, s.recordings),
      late_after_minutes = coalesce(c."lateAfterMinutes", s.late_after_minutes),
      present_from_percent = coalesce(c."presentFromPercent", s.present_from_percent),
      keep_messages_days = coalesce(c."keepMessagesDays", s.keep_messages_days),
      keep_attendance_days = coalesce(c."keepAttendanceDays", s.keep_attendance_days),
      keep_boards_days = coalesce(c."keepBoardsDays", s.keep_boards_days),
      keep_recordings_days = coalesce(c."keepRecordingsDays", s.keep_recordings_days),
      keep_audit_days = coalesce(c."keepAuditDays", s.keep_audit_days)
    from jsonb_to_record(${sql.jsonb(change)}) as c(
      name text, colour text, "signUpLanguage" text, "classStarters" text,
      "studentDirectMessages" boolean, "guestPolicy" text, "videoProvider" text, "lateAfterMinutes" int,
      "presentFromPercent" int, "keepMessagesDays" int, "keepAttendanceDays" int,
      "keepBoardsDays" int, "keepAuditDays" int, recordings text, "keepRecordingsDays" int
    )`);
}

const standingSchema = z.object({ createdAtMs: z.number(), suspendedAtMs: z.number().nullable() });

/** Since when the school is there, and since when it is closed. */
export function loadStanding(tx: SchoolTransaction): Promise<z.infer<typeof standingSchema>> {
  return tx.one(sql.type(standingSchema)`
    select created_at as "createdAtMs", suspended_at as "suspendedAtMs" from schools`);
}

const presentSchema = z.object({ participantId: z.string() });

/** Everybody who is signed in, guests too. */
export async function loadSignedIn(
  tx: SchoolTransaction,
  nowMs: number,
): Promise<readonly z.infer<typeof presentSchema>[]> {
  return tx.any(sql.type(presentSchema)`
    select distinct coalesce(user_id, participant_id) as "participantId" from sign_ins
    where revoked_at is null and expires_at > ${sql.timestamp(new Date(nowMs))}`);
}

/** The students who are signed in and have a room with another student alone. */
export async function loadTalkingStudents(
  tx: SchoolTransaction,
  nowMs: number,
): Promise<readonly z.infer<typeof presentSchema>[]> {
  return tx.any(sql.type(presentSchema)`
    select distinct s.user_id as "participantId" from sign_ins s
    join users u on (u.school_id, u.user_id) = (s.school_id, s.user_id) and u.role = 'student'
    join room_members m on (m.school_id, m.user_id) = (u.school_id, u.user_id)
    join rooms r on (r.school_id, r.room_id) = (m.school_id, m.room_id) and r.kind = 'direct'
    where s.revoked_at is null and s.expires_at > ${sql.timestamp(new Date(nowMs))} and exists (
      select from room_members o
      join users other on (other.school_id, other.user_id) = (o.school_id, o.user_id)
      where (o.school_id, o.room_id) = (r.school_id, r.room_id) and o.user_id <> u.user_id
        and other.role = 'student'
    )`);
}

/** The first account of a school. */
export interface NewAdmin {
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly language: "en" | "sw";
  /** Null: the address is to be shown to be theirs. */
  readonly verifiedAtMs: number | null;
}

const userIdSchema = z.object({ id: z.string() });

/** Makes the account of the school's first admin; gives its id. */
export function storeFirstAdmin(tx: SchoolTransaction, admin: NewAdmin): Promise<string> {
  const { verifiedAtMs } = admin;
  const verifiedAt = verifiedAtMs === null ? null : sql.timestamp(new Date(verifiedAtMs));
  return tx.oneFirst(sql.type(userIdSchema)`
    insert into users (school_id, email, name, role, language, password_hash, email_verified_at)
    values (app_school_id(), ${admin.email}, ${admin.name}, 'school_admin', ${admin.language},
      ${admin.passwordHash}, ${verifiedAt})
    returning user_id as id`);
}
