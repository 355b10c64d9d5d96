import { sql, type Database, type SchoolTransaction } from "@darasa/database";
import {
  schoolRoles,
  type LiveClassId,
  type ParticipantId,
  type Result,
  type RoomId,
  type SchoolId,
} from "@darasa/protocol";
import * as z from "zod";
import { judgeAccess, type Access, type AccessFacts } from "./judgeAccess.ts";

/** Who wants to enter which room, and as part of which live class, if any. */
export interface AccessQuestion {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
  readonly signInId: string;
  /** The one live class of a guest; null for accounts. */
  readonly guestOf: LiveClassId | null;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
}

/**
 * What somebody is and may read in a room, in one transaction of their school; or `unauthenticated` when their
 * sign-in does not hold any more, `forbidden` for two students who may not talk, `not_found`, `class_not_started`,
 * `class_ended`, `removed`. Members of the room may enter it, and its live class once the API has let them in; a
 * school's admins act as teachers, but not where two people talk; guests exist in their live class only.
 *
 * @throws DarasaError unavailable
 */
export async function loadAccess(
  database: Database,
  question: AccessQuestion,
): Promise<Result<Access>> {
  const { guestOf, liveClassId } = question;
  if (guestOf !== null && guestOf !== liveClassId) return { ok: false, error: "not_found" };
  return database.inSchool(question.schoolId, (tx) => loadAccessIn(tx, question));
}

/** The same within a transaction of that school: for what must not be done by who has lost their right to it. */
export async function loadAccessIn(
  tx: SchoolTransaction,
  question: AccessQuestion,
): Promise<Result<Access>> {
  const row = await loadRow(tx, question);
  return row === null ? { ok: false, error: "not_found" } : judgeAccess(toFacts(row, question));
}

const rowSchema = z.object({
  roomKind: z.enum(["class", "group", "direct"]),
  headSeq: z.number(),
  signInEndsInMs: z.number().nullable(),
  mayNotTalk: z.boolean(),
  userName: z.string().nullable(),
  userRole: z.enum(schoolRoles).nullable(),
  memberRole: z.enum(["teacher", "student"]).nullable(),
  namedStatus: z.enum(["scheduled", "live", "ended"]).nullable(),
  admittedName: z.string().nullable(),
  admittedRole: z.enum(["teacher", "student", "guest"]).nullable(),
  drawAllowed: z.boolean().nullable(),
  isRemoved: z.boolean(),
  runningId: z.string().nullable(),
  drawing: z.enum(["teachers", "everyone"]).nullable(),
  chatLocked: z.boolean().nullable(),
  video: z.enum(["mesh", "none"]).nullable(),
  firstSeq: z.number().nullable(),
});

function loadRow(
  tx: SchoolTransaction,
  { participantId, signInId, roomId, liveClassId }: AccessQuestion,
): Promise<z.infer<typeof rowSchema> | null> {
  return tx.maybeOne(sql.type(rowSchema)`
    select r.kind as "roomKind", r.last_seq as "headSeq", 
      (extract(epoch from s.expires_at - now()) * 1000)::float8 as "signInEndsInMs",
      r.kind = 'direct' and coalesce(u.role, '') = 'student' and not c.student_direct_messages and exists (
        select from room_members o
        join users other on (other.school_id, other.user_id) = (o.school_id, o.user_id)
        where (o.school_id, o.room_id) = (r.school_id, r.room_id)
          and o.user_id <> u.user_id and other.role = 'student'
          and (r.direct_key is null or o.user_id::text = any(string_to_array(r.direct_key, ':')))
      ) as "mayNotTalk",
      u.name as "userName", u.role as "userRole", m.role as "memberRole",
      named.status as "namedStatus", p.name as "admittedName", p.role as "admittedRole",
      p.draw_allowed as "drawAllowed", p.removed_at is not null as "isRemoved",
      running.live_class_id as "runningId", running.drawing, running.chat_locked as "chatLocked",
      running.video_provider as video, running.first_seq as "firstSeq"
    from rooms r
    join schools c on c.school_id = r.school_id
    left join users u
      on u.school_id = r.school_id and u.user_id = ${participantId} and u.deactivated_at is null
    left join sign_ins s
      on (s.school_id, s.sign_in_id) = (r.school_id, ${signInId}::uuid)
      and (s.user_id = u.user_id or s.participant_id = ${participantId})
      and s.revoked_at is null and s.expires_at > now() and c.suspended_at is null
    left join room_members m
      on (m.school_id, m.room_id, m.user_id) = (r.school_id, r.room_id, u.user_id)
      and (m.until is null or m.until > now())
      and (r.direct_key is null or m.user_id::text = any(string_to_array(r.direct_key, ':')))
    left join live_classes named
      on (named.school_id, named.room_id, named.live_class_id) = (r.school_id, r.room_id, ${liveClassId}::uuid)
    left join live_classes running
      on (running.school_id, running.room_id, running.status) = (r.school_id, r.room_id, 'live')
    left join live_class_participants p
      on (p.school_id, p.live_class_id, p.participant_id) =
        (r.school_id, coalesce(${liveClassId}::uuid, running.live_class_id), ${participantId})
      and p.admitted_at is not null
    where r.room_id = ${roomId} and r.archived_at is null`);
}

function toFacts(row: z.infer<typeof rowSchema>, question: AccessQuestion): AccessFacts {
  return {
    isGuest: question.guestOf !== null,
    roomKind: row.roomKind,
    headSeq: row.headSeq,
    signInEndsInMs: row.signInEndsInMs,
    mayNotTalk: row.mayNotTalk,
    user:
      row.userName === null || row.userRole === null
        ? null
        : { name: row.userName, role: row.userRole },
    memberRole: row.memberRole,
    named: question.liveClassId === null ? "none" : (row.namedStatus ?? "missing"),
    admission:
      row.admittedName === null || row.admittedRole === null
        ? null
        : {
            name: row.admittedName,
            role: row.admittedRole,
            drawAllowed: row.drawAllowed ?? false,
            isRemoved: row.isRemoved,
          },
    running: toRunning(row),
  };
}

function toRunning(row: z.infer<typeof rowSchema>): AccessFacts["running"] {
  if (row.runningId === null) return null;
  return {
    liveClassId: row.runningId as LiveClassId,
    permissions: { drawing: row.drawing ?? "teachers", chatLocked: row.chatLocked ?? false },
    video: row.video ?? "none",
    firstSeq: row.firstSeq ?? 1,
  };
}
