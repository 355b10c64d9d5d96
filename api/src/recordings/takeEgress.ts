import { recordAudit, sql, type SchoolTransaction } from "@darasa/database";
import type { ToldEgress } from "../media/livekit/toldEgress.ts";
import type { MediaRoom } from "../media/mediaRoomName.ts";
import * as z from "zod";
import { lockRecordedClass, tellRecording } from "./classRecording.ts";
import { readRecordingPath } from "./recordingFile.ts";
import { storeBrokenOff } from "./store.ts";

const partSchema = z.object({ recordingId: z.string(), partNo: z.number() });
type Part = z.infer<typeof partSchema>;

/**
 * Writes down what LiveKit told of a file of that class, in whatever order and however often it comes. When what is
 * being written ends without our word, the recording is over, and the class is told. What it tells of files that are
 * not ours changes nothing. Gives whether this was the first word of the file's end.
 */
export async function takeEgress(
  tx: SchoolTransaction,
  room: MediaRoom,
  told: ToldEgress,
): Promise<boolean> {
  const part = await findPart(tx, room, told);
  return part ? storeTold(tx, room, { part, told }) : false;
}

/** By the path that we gave it: LiveKit may tell of it before it has told us its id. */
async function findPart(
  tx: SchoolTransaction,
  { schoolId, liveClassId }: MediaRoom,
  { egressId, filename }: ToldEgress,
): Promise<Part | null> {
  const file = filename === null ? null : readRecordingPath(filename);
  const ours = file?.schoolId === schoolId ? file : null;
  return tx.maybeOne(sql.type(partSchema)`
    select p.recording_id as "recordingId", p.part_no as "partNo" from recording_parts p
    join recordings r on (r.school_id, r.recording_id) = (p.school_id, p.recording_id)
    where r.live_class_id = ${liveClassId} and (p.egress_id = ${egressId}
      or (p.egress_id is null and p.recording_id = ${ours?.recordingId ?? null}::uuid
        and p.part_no = ${ours?.partNo ?? null}::int))
    limit 1`);
}

/** What became of a part. */
type Fate = Pick<ToldEgress, "state" | "beganAtMs" | "durationMs" | "bytes"> & {
  /** Null: LiveKit does not know of it. */
  readonly egressId: string | null;
};

/** The same, of a part that is known. */
export async function storeTold(
  tx: SchoolTransaction,
  { schoolId, liveClassId }: MediaRoom,
  { part, told }: { readonly part: Part; readonly told: Fate },
): Promise<boolean> {
  const held = await lockRecordedClass(tx, liveClassId);
  const isOver = told.state !== "starting" && told.state !== "active";
  const isNews = await storeFate(tx, part, told);
  if (!isOver) return false;
  const isCurrent = held?.recordingId === part.recordingId && held.partNo === part.partNo;
  if (!held || !isCurrent || held.recording !== "on") return isNews;
  await storeBrokenOff(tx, part.recordingId);
  await recordAudit(tx, {
    actor: null,
    action: "recording.stopped",
    subject: { kind: "liveClass", id: liveClassId },
    details: { recordingId: part.recordingId },
  });
  await tellRecording(tx, { schoolId, roomId: held.roomId, liveClassId }, null);
  return isNews;
}

/** Whether it changed anything. */
async function storeFate(tx: SchoolTransaction, part: Part, told: Fate): Promise<boolean> {
  const beganAt = told.beganAtMs === null ? null : new Date(told.beganAtMs).toISOString();
  const isLost = told.state === "lost";
  const state = isLost || told.state === "empty" ? "failed" : told.state;
  const { rowCount } = await tx.query(sql.typeAlias("nothing")`
    update recording_parts set state = ${state}, is_lost = ${isLost},
      egress_id = coalesce(egress_id, ${told.egressId}),
      began_at = coalesce(${beganAt}::timestamptz, began_at),
      duration_ms = coalesce(${told.durationMs}::float8::bigint, duration_ms),
      bytes = coalesce(${told.bytes}::float8::bigint, bytes)
    where recording_id = ${part.recordingId} and part_no = ${part.partNo}
      -- Forward only; what was given up may turn out to be whole.
      and (state in ('starting', 'active') or (state = 'failed' and ${state} = 'stored'))
      and not (state = 'active' and ${state} = 'starting')`);
  return rowCount > 0;
}
