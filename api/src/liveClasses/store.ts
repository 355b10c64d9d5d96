import { sql, type SchoolTransaction } from "@darasa/database";
import {
  trackKinds,
  videoProviders,
  type LiveClassId,
  type ParticipantId,
  type participantRoles,
  type RoomId,
  type VideoProvider,
} from "@darasa/protocol";
import * as z from "zod";

const liveClassRowSchema = z.object({
  id: z.string().transform((id) => id as LiveClassId),
  roomId: z.string().transform((id) => id as RoomId),
  roomName: z.string(),
  roomKind: z.enum(["class", "group", "direct"]),
  title: z.string(),
  code: z.string().nullable(),
  pin: z.string().nullable(),
  status: z.enum(["scheduled", "live", "ended"]),
  startsAtMs: z.number(),
  startedAtMs: z.number().nullable(),
  endedAtMs: z.number().nullable(),
  endReason: z.enum(["teacher", "no_teacher"]).nullable(),
  firstSeq: z.number().nullable(),
  videoProvider: z.enum(videoProviders),
  recording: z.object({ state: z.enum(["on", "paused"]), sinceMs: z.number() }).nullable(),
  /** What all but teachers may send. */
  sources: z.array(z.enum(trackKinds)),
  /** What this person may send where it is something else; null: as the class says. */
  ownSources: z.array(z.enum(trackKinds)).nullable(),
  isPresenter: z.boolean(),
  /** The person's role in the room; null when they do not belong to it. */
  memberRole: z.enum(["teacher", "student"]).nullable(),
  /** Whether the person was let into this class. */
  admitted: z.boolean(),
  removed: z.boolean(),
  teachers: z.array(z.string()),
});

/** A live class with what one person is in it. */
export type LiveClassRow = z.infer<typeof liveClassRowSchema>;

const select = (participantId: ParticipantId) => sql.fragment`
  select c.live_class_id as id, c.room_id as "roomId", r.name as "roomName", r.kind as "roomKind",
    c.title, c.code, c.pin, c.status, c.starts_at as "startsAtMs", c.started_at as "startedAtMs",
    c.ended_at as "endedAtMs", c.end_reason as "endReason", c.first_seq as "firstSeq",
    c.video_provider as "videoProvider", c.sources, p.sources as "ownSources",
    case when c.recording is not null then jsonb_build_object('state', c.recording,
      'sinceMs', (extract(epoch from c.recording_since) * 1000)::float8) end as recording,
    c.presenter_id is not distinct from p.participant_id and p.participant_id is not null as "isPresenter", m.role as "memberRole",
    p.admitted_at is not null as admitted, p.removed_at is not null as removed,
    array(
      select u.name from room_members t
      join users u on (u.school_id, u.user_id) = (t.school_id, t.user_id)
      where (t.school_id, t.room_id) = (c.school_id, c.room_id) and t.role = 'teacher'
      order by u.name
    ) as teachers
  from live_classes c
  join rooms r on (r.school_id, r.room_id) = (c.school_id, c.room_id)
  left join room_members m
    on (m.school_id, m.room_id, m.user_id) = (c.school_id, c.room_id, ${participantId})
    and (m.until is null or m.until > now())
  left join live_class_participants p
    on (p.school_id, p.live_class_id, p.participant_id) = (c.school_id, c.live_class_id, ${participantId})`;

/** The live class as that person stands to it, or null when the school has none of that id. */
export function loadLiveClass(
  tx: SchoolTransaction,
  id: LiveClassId,
  participantId: ParticipantId,
): Promise<LiveClassRow | null> {
  return tx.maybeOne(sql.type(liveClassRowSchema)`
    ${select(participantId)} where c.live_class_id = ${id}`);
}

/**
 * Holds the room and the class until the transaction ends, so that starts, ends and changes come one after
 * the other. The room comes first, as everywhere.
 */
export async function lockLiveClass(tx: SchoolTransaction, id: LiveClassId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    select from rooms where room_id = (select room_id from live_classes where live_class_id = ${id})
    for update`);
  await tx.query(sql.typeAlias("nothing")`
    select from live_classes where live_class_id = ${id} for update`);
}

const maxListed = 500;

interface Window {
  readonly fromMs: number;
  readonly toMs: number;
  /** All rooms of the school but direct ones, not only the person's own. */
  readonly ofWholeSchool: boolean;
}

/** Running classes, then those that start in the window, oldest first; at most 500. */
export async function loadLiveClasses(
  tx: SchoolTransaction,
  participantId: ParticipantId,
  window: Window,
): Promise<readonly LiveClassRow[]> {
  return tx.any(sql.type(liveClassRowSchema)`
    ${select(participantId)}
    where r.archived_at is null
      and (m.role is not null or (${window.ofWholeSchool} and r.kind <> 'direct'))
      and (c.status = 'live' or (
        c.starts_at >= ${sql.timestamp(new Date(window.fromMs))}
        and c.starts_at < ${sql.timestamp(new Date(window.toMs))}))
    order by c.status = 'live' desc, c.starts_at, c.live_class_id
    limit ${maxListed}`);
}

/** The running classes of these rooms, at most one each. */
export async function loadRunningClasses(
  tx: SchoolTransaction,
  participantId: ParticipantId,
  roomIds: readonly RoomId[],
): Promise<readonly LiveClassRow[]> {
  if (roomIds.length === 0) return [];
  return tx.any(sql.type(liveClassRowSchema)`
    ${select(participantId)}
    where c.status = 'live' and c.room_id = any(${sql.array([...roomIds], "uuid")})`);
}

/** What a new live class is made of. */
export interface NewLiveClass {
  readonly roomId: RoomId;
  readonly title: string;
  readonly code: string;
  readonly startsAtMs: number;
  readonly videoProvider: VideoProvider;
  readonly createdBy: ParticipantId;
}

const idRowSchema = z.object({ id: z.string().transform((id) => id as LiveClassId) });

/** Plans a class and gives its id; null when the code is in use, which leaves the transaction whole. */
export function storeLiveClass(
  tx: SchoolTransaction,
  planned: NewLiveClass,
): Promise<LiveClassId | null> {
  return tx.maybeOneFirst(sql.type(idRowSchema)`
    insert into live_classes (school_id, room_id, title, code, starts_at, video_provider, created_by)
    values (app_school_id(), ${planned.roomId}, ${planned.title}, ${planned.code},
      ${sql.timestamp(new Date(planned.startsAtMs))}, ${planned.videoProvider}, ${planned.createdBy})
    on conflict (code) where status <> 'ended' do nothing
    returning live_class_id as id`);
}

/** What may be changed of a planned class; what is left out stays. */
export interface LiveClassChange {
  readonly title?: string | undefined;
  readonly startsAtMs?: number | undefined;
  readonly videoProvider?: VideoProvider | undefined;
}

/** Asks guests who come by the code for that PIN from now on, or for none. Those of before were not tries at this one. */
export async function storePin(
  tx: SchoolTransaction,
  id: LiveClassId,
  pin: string | null,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set pin = ${pin}, wrong_pins = 0 where live_class_id = ${id}`);
}

/** The class is found under that code from now on, which nobody has tried PINs at. */
export async function storeCode(
  tx: SchoolTransaction,
  id: LiveClassId,
  code: string,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set code = ${code}, wrong_pins = 0 where live_class_id = ${id}`);
}

/** Changes a planned class, or what one that runs is seen and heard through. */
export async function storeLiveClassChange(
  tx: SchoolTransaction,
  id: LiveClassId,
  { title, startsAtMs, videoProvider }: LiveClassChange,
): Promise<void> {
  const startsAt = startsAtMs === undefined ? null : new Date(startsAtMs).toISOString();
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set title = coalesce(${title ?? null}, title),
      starts_at = coalesce(${startsAt}::timestamptz, starts_at),
      video_provider = coalesce(${videoProvider ?? null}, video_provider),
      left_livekit_at = case when ${videoProvider ?? null}::text = 'livekit' then null
        when ${videoProvider ?? null}::text is not null and video_provider = 'livekit' and status = 'live' then now()
        else left_livekit_at end
    where live_class_id = ${id}`);
}

/** True when another class runs in the room. */
export function isRoomBusy(tx: SchoolTransaction, roomId: RoomId): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from live_classes where room_id = ${roomId} and status = 'live'`);
}

/** True when nobody enters the room any more. */
export function isRoomArchived(tx: SchoolTransaction, roomId: RoomId): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select from rooms where room_id = ${roomId} and archived_at is not null`);
}

/** The class runs from now on, and its messages begin after the room's last. */
export async function storeStart(tx: SchoolTransaction, id: LiveClassId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes c set status = 'live', started_at = now(), teacher_seen_at = now(),
      first_seq = r.last_seq + 1
    from rooms r
    where c.live_class_id = ${id} and (r.school_id, r.room_id) = (c.school_id, c.room_id)`);
}

/** The class is over from now on; its code opens nothing any more. */
export async function storeEnd(tx: SchoolTransaction, id: LiveClassId): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set status = 'ended', ended_at = now(), end_reason = 'teacher'
    where live_class_id = ${id}`);
}

/** Somebody who comes in. */
export interface Admission {
  readonly liveClassId: LiveClassId;
  readonly participantId: ParticipantId;
  readonly userId: ParticipantId | null;
  readonly name: string;
  readonly role: (typeof participantRoles)[number];
  /** A guest whom a teacher has to let in first. */
  readonly waits: boolean;
}

const admittedSchema = z.object({ removed: z.boolean() });

/** Lets somebody in, or names who waits, once; a removal stays. Returns whether they had been removed. */
export function storeAdmission(tx: SchoolTransaction, admission: Admission): Promise<boolean> {
  return tx.oneFirst(sql.type(admittedSchema)`
    insert into live_class_participants
      (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
    values (app_school_id(), ${admission.liveClassId}, ${admission.participantId}, ${admission.userId},
      ${admission.name}, ${admission.role}, case when ${admission.waits} then null else now() end)
    on conflict (school_id, live_class_id, participant_id)
      do update set name = excluded.name, role = excluded.role
    returning removed_at is not null as removed`);
}
