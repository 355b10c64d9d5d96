import { sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, ParticipantId, RoomId } from "@darasa/protocol";
import * as z from "zod";
import { recordingStates, type Recording } from "./recording.ts";
import { storages, type Storage } from "./recordingFolders.ts";

const nothing = sql.typeAlias("nothing");

const rowSchema = z.object({
  id: z.string(),
  liveClassId: z.string(),
  title: z.string(),
  state: z.enum(recordingStates),
  startedAtMs: z.number(),
  startedByName: z.string(),
  stoppedAtMs: z.number().nullable(),
  keptUntilMs: z.number().nullable(),
  durationMs: z.number(),
  bytes: z.number(),
  parts: z.number(),
  lostParts: z.number(),
  brokeOff: z.boolean(),
});

const select = sql.fragment`
  select r.recording_id as id, r.live_class_id as "liveClassId", c.title,
    case
      when r.stopped_at is null then coalesce(c.recording, 'on')
      when p.unfinished > 0 then 'saving'
      when p.stored > 0 then 'ready'
      when p.lost > 0 then 'lost'
      else 'failed'
    end as state,
    r.started_at as "startedAtMs", u.name as "startedByName", r.stopped_at as "stoppedAtMs",
    r.stopped_at + make_interval(days => s.keep_recordings_days) as "keptUntilMs",
    coalesce(p.duration_ms, 0)::float8 as "durationMs", coalesce(p.bytes, 0)::float8 as bytes,
    coalesce(p.stored, 0)::int as parts, coalesce(p.lost, 0)::int as "lostParts",
    r.broke_off as "brokeOff"
  from recordings r
  join schools s on s.school_id = r.school_id
  join live_classes c on (c.school_id, c.live_class_id) = (r.school_id, r.live_class_id)
  join users u on (u.school_id, u.user_id) = (r.school_id, r.started_by)
  left join lateral (
    select count(*) filter (where p.state in ('starting', 'active')) as unfinished,
      count(*) filter (where p.state = 'stored') as stored,
      count(*) filter (where p.state = 'failed' and p.is_lost) as lost,
      sum(p.duration_ms) as duration_ms, sum(p.bytes) as bytes
    from recording_parts p
    where (p.school_id, p.recording_id) = (r.school_id, r.recording_id)
  ) p on true`;

/** Those that are shown at a time; the others are older. */
const maxListed = 200;

/** The recordings of one class, the newest first. */
export function loadRecordingsOfClass(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<readonly Recording[]> {
  return tx.any(sql.type(rowSchema)`
    ${select} where r.live_class_id = ${id} order by r.started_at desc limit ${maxListed}`);
}

/** The recordings of a room's classes, the newest first; at most 200. */
export function loadRecordingsOfRoom(
  tx: SchoolTransaction,
  id: RoomId,
): Promise<readonly Recording[]> {
  return tx.any(sql.type(rowSchema)`
    ${select} where c.room_id = ${id} order by r.started_at desc limit ${maxListed}`);
}

/** One recording of that room; null when the room has none of that id. */
export function loadRecording(
  tx: SchoolTransaction,
  { roomId, recordingId }: { readonly roomId: RoomId; readonly recordingId: string },
): Promise<Recording | null> {
  return tx.maybeOne(sql.type(rowSchema)`
    ${select} where c.room_id = ${roomId} and r.recording_id = ${recordingId}`);
}

const fileSchema = z.object({
  partNo: z.number(),
  storage: z.enum(storages),
  state: z.enum(["starting", "active", "stored", "failed"]),
  durationMs: z.number().nullable(),
  bytes: z.number().nullable(),
});

/** A part of a recording and what became of it. */
export type PartRow = z.infer<typeof fileSchema>;

/** All parts of one recording, in their order. */
export function loadParts(tx: SchoolTransaction, recordingId: string): Promise<readonly PartRow[]> {
  return tx.any(sql.type(fileSchema)`
    select part_no as "partNo", storage, state, duration_ms::float8 as "durationMs", bytes::float8 as bytes
    from recording_parts where recording_id = ${recordingId} order by part_no`);
}

/** Nothing is left of it but the files. */
export async function deleteRecordingRow(
  tx: SchoolTransaction,
  recordingId: string,
): Promise<void> {
  await tx.query(nothing`delete from recordings where recording_id = ${recordingId}`);
}

const idSchema = z.object({ id: z.string() });

/** The class is told of it from now on; gives the recording's id. */
export async function storeRecording(
  tx: SchoolTransaction,
  begun: {
    readonly liveClassId: LiveClassId;
    readonly startedBy: ParticipantId;
    readonly storage: Storage;
  },
): Promise<string> {
  const id = await tx.oneFirst(sql.type(idSchema)`
    insert into recordings (school_id, live_class_id, started_by)
    values (app_school_id(), ${begun.liveClassId}, ${begun.startedBy})
    returning recording_id as id`);
  await storePart(tx, { recordingId: id, partNo: 1, storage: begun.storage });
  return id;
}

/** One more file of the recording. */
export async function storePart(
  tx: SchoolTransaction,
  part: { readonly recordingId: string; readonly partNo: number; readonly storage: Storage },
): Promise<void> {
  await tx.query(nothing`
    insert into recording_parts (school_id, recording_id, part_no, storage)
    values (app_school_id(), ${part.recordingId}, ${part.partNo}, ${part.storage})`);
}

/** LiveKit gave it this id, whatever it has told meanwhile. */
export async function storeEgressId(
  tx: SchoolTransaction,
  part: { readonly recordingId: string; readonly partNo: number; readonly egressId: string },
): Promise<void> {
  await tx.query(nothing`
    update recording_parts set egress_id = ${part.egressId}
    where recording_id = ${part.recordingId} and part_no = ${part.partNo} and egress_id is null`);
}

/** It never began. */
export async function deletePart(
  tx: SchoolTransaction,
  part: { readonly recordingId: string; readonly partNo: number },
): Promise<void> {
  await tx.query(nothing`
    delete from recording_parts where recording_id = ${part.recordingId} and part_no = ${part.partNo}`);
}

/** Null: it goes on. */
export async function storeStopped(
  tx: SchoolTransaction,
  recordingId: string,
  isStopped: boolean,
): Promise<void> {
  await tx.query(nothing`
    update recordings set stopped_at = case when ${isStopped} then clock_timestamp() end
    where recording_id = ${recordingId}`);
}

/** It ended, and nobody here has said so. */
export async function storeBrokenOff(tx: SchoolTransaction, recordingId: string): Promise<void> {
  await tx.query(nothing`
    update recordings set stopped_at = clock_timestamp(), broke_off = true
    where recording_id = ${recordingId}`);
}
