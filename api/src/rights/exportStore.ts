import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId } from "@darasa/protocol";
import * as z from "zod";

/** A row of an export as it is written: times in ISO 8601, for people to read. */
export type ExportRow = Readonly<Record<string, unknown>>;

/** One page of a person's rows. */
export interface ExportPage {
  readonly participantId: ParticipantId;
  /** How many rows came before. */
  readonly offset: number;
  readonly size: number;
}

/** Reads a page: fewer rows than its size are the last ones. */
export type ReadPage = (tx: SchoolTransaction, page: ExportPage) => Promise<readonly ExportRow[]>;

const rowSchema = z.object({ row: z.record(z.string(), z.unknown()) });

/** Postgres writes the rows as JSON, and by that their times as ISO 8601. */
function reader(select: (page: ExportPage) => ReturnType<typeof sql.fragment>): ReadPage {
  return async (tx, page) => {
    const rows = await tx.any(sql.type(rowSchema)`
      select to_json(r) as row from (${select(page)}) r limit ${page.size} offset ${page.offset}`);
    return rows.map(({ row }) => row);
  };
}

/** The profile, without anything that opens a door. */
export const readProfile = reader(
  ({ participantId }) => sql.fragment`
    select user_id as id, name, email, role, language, preferences, created_at, email_verified_at,
      password_changed_at, totp_confirmed_at as second_factor_since, deactivated_at
    from users where user_id = ${participantId}`,
);

/** Where they signed in. */
export const readSignIns = reader(
  ({ participantId }) => sql.fragment`
    select device, created_at, last_used_at, expires_at, revoked_at
    from sign_ins where user_id = ${participantId} order by created_at, sign_in_id`,
);

/** The rooms that they belong to. */
export const readRooms = reader(
  ({ participantId }) => sql.fragment`
    select r.room_id, r.kind, case when r.kind <> 'direct' then r.name end as name, m.role, m.added_at, m.until
    from room_members m
    join rooms r on (r.school_id, r.room_id) = (m.school_id, m.room_id)
    where m.user_id = ${participantId} order by m.added_at, r.room_id`,
);

/** What they said. */
export const readMessages = reader(
  ({ participantId }) => sql.fragment`
    select m.room_id, m.seq, m.sent_at, m.live_class_id, m.sender_name as name, m.body
    from chat_messages m
    where m.sender_id = ${participantId} and m.erased_at is null order by m.room_id, m.seq`,
);

/** What teachers corrected about them in registers, the first ones first. */
export const readCorrections = reader(
  ({ participantId }) => sql.fragment`
    select c.live_class_id, c.title, k.corrected_at, k.verdict, k.reason
    from attendance_corrections k
    join live_classes c on (c.school_id, c.live_class_id) = (k.school_id, k.live_class_id)
    where k.participant_id = ${participantId} order by k.correction_id`,
);

/** The boards that they may open, by title. */
export const readBoards = reader(
  ({ participantId }) => sql.fragment`
    select b.board_id, b.title, b.room_id, b.created_at
    from room_members m
    join boards b on (b.school_id, b.room_id) = (m.school_id, m.room_id)
    where m.user_id = ${participantId} order by b.created_at, b.board_id`,
);

/** The boards that they drew on since boards keep who draws, by title, also where they cannot go any more. */
export const readDrawings = reader(
  ({ participantId }) => sql.fragment`
    select b.board_id, b.title, b.room_id
    from boards b
    where exists (
      select from board_authors a
      where (a.school_id, a.board_id, a.participant_id) = (b.school_id, b.board_id, ${participantId})
    )
    order by b.created_at, b.board_id`,
);

/** The recordings of live classes that they were let into, without the films: those show others, too. */
export const readRecordings = reader(
  ({ participantId }) => sql.fragment`
    select r.recording_id, r.live_class_id, c.title, o.name as room, r.started_at, r.stopped_at,
      u.name as started_by, r.stopped_at + make_interval(days => s.keep_recordings_days) as kept_until
    from live_class_participants p
    join recordings r on (r.school_id, r.live_class_id) = (p.school_id, p.live_class_id)
    join live_classes c on (c.school_id, c.live_class_id) = (r.school_id, r.live_class_id)
    join rooms o on (o.school_id, o.room_id) = (c.school_id, c.room_id)
    join users u on (u.school_id, u.user_id) = (r.school_id, r.started_by)
    join schools s on s.school_id = r.school_id
    where p.participant_id = ${participantId} and p.admitted_at is not null
    order by r.started_at, r.recording_id`,
);

/** What the audit log has of what they did, and of what was done to them. */
export const readAudit = reader(
  ({ participantId }) => sql.fragment`
    select at, action, details, case when actor_id = ${participantId} then 'by you' else 'to you' end as who
    from audit_events where actor_id = ${participantId} or subject_id = ${participantId}
    order by event_id`,
);

/** The mails to them that are still here; their links open doors and stay out. */
export const readMails = reader(
  ({ participantId }) => sql.fragment`
    select m.recipient, m.subject, m.created_at, m.sent_at from mails m
    where m.recipient = (select email from users where user_id = ${participantId})
    order by m.created_at, m.mail_id`,
);

const classSchema = z.object({
  liveClassId: z.string(),
  title: z.string(),
  room: z.string(),
  role: z.enum(["teacher", "student", "guest"]),
  name: z.string(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
});

/** A live class that they were let into. */
export type ExportedClass = z.infer<typeof classSchema>;

/** The live classes that they were let into, the first ones first. */
export async function loadClasses(
  tx: SchoolTransaction,
  { participantId, offset, size }: ExportPage,
): Promise<readonly ExportedClass[]> {
  return tx.any(sql.type(classSchema)`
    select c.live_class_id as "liveClassId", c.title, r.name as room, p.role, p.name,
      c.started_at as "startedAtMs", c.ended_at as "endedAtMs"
    from live_class_participants p
    join live_classes c on (c.school_id, c.live_class_id) = (p.school_id, p.live_class_id)
    join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
    where p.participant_id = ${participantId} and p.admitted_at is not null
    order by c.starts_at, c.live_class_id limit ${size} offset ${offset}`);
}

const eventSchema = z.object({
  liveClassId: z.string(),
  participantId: z.string(),
  sessionId: z.string(),
  kind: z.enum(["joined", "seen", "left"]),
  atMs: z.number(),
});

/** What the gateways saw of them in these classes. */
export async function loadEvents(
  tx: SchoolTransaction,
  participantId: ParticipantId,
  liveClassIds: readonly string[],
): Promise<readonly z.infer<typeof eventSchema>[]> {
  return tx.any(sql.type(eventSchema)`
    select live_class_id as "liveClassId", participant_id as "participantId", session_id as "sessionId",
      kind, at as "atMs"
    from attendance_events
    where participant_id = ${participantId}
      and live_class_id = any(${sql.array([...liveClassIds], "uuid")})`);
}
