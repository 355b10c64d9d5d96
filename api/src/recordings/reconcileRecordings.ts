import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import { mediaRoomName, type MediaRoom } from "../media/mediaRoomName.ts";
import { loadMediaServers } from "../media/mediaServers.ts";
import type { Services } from "../services.ts";
import { logFate } from "./logFate.ts";
import { storeTold, takeEgress } from "./takeEgress.ts";

/** A file that was asked for so short a time ago may not be in the answer yet. */
const youngPartMs = 60_000;

const unfinishedSchema = z.object({
  recordingId: z.string(),
  partNo: z.number(),
  egressId: z.string().nullable(),
  askedAtMs: z.number(),
  /** Whether the class is told that this is being written. */
  isWanted: z.boolean(),
});
type Unfinished = z.infer<typeof unfinishedSchema>;

/**
 * Makes the class's recordings what LiveKit says, and LiveKit what the database says: files that it knows nothing of
 * have failed, and what goes on against our word ends. Nothing is asked where no file is being written. Rejects when
 * LiveKit or the database does not answer.
 */
export async function reconcileRecordings(services: Services, room: MediaRoom): Promise<void> {
  const inSchool = <T>(work: (tx: SchoolTransaction) => Promise<T>) =>
    services.database.inSchool(room.schoolId, work);
  const before = await inSchool((tx) => loadUnfinished(tx, room));
  if (before.length === 0) return;
  const { livekit } = await inSchool((tx) => loadMediaServers(services, tx, room.schoolId));
  if (!livekit) return;
  const egress = services.media.egress(livekit);
  const told = (await egress.list(mediaRoomName(room))) ?? [];
  for (const one of told) {
    if (await inSchool((tx) => takeEgress(tx, room, one))) logFate(services, room, one);
  }
  const known = new Set(told.map(({ egressId }) => egressId));
  const isKnown = (egressId: string | null) => egressId !== null && known.has(egressId);
  for (const part of await inSchool((tx) => loadUnfinished(tx, room))) {
    if (!isKnown(part.egressId)) await giveUp(services, room, part);
    else if (!part.isWanted && part.egressId !== null) await egress.stop(part.egressId);
  }
}

async function giveUp(services: Services, room: MediaRoom, part: Unfinished): Promise<void> {
  if (part.askedAtMs > services.now() - youngPartMs) return;
  const isNews = await services.database.inSchool(room.schoolId, (tx) =>
    storeTold(tx, room, { part, told: lost }),
  );
  if (isNews) logFate(services, room, { ...lost, egressId: part.egressId });
}

const lost = {
  egressId: null,
  state: "lost",
  beganAtMs: null,
  durationMs: null,
  bytes: null,
  words: "LiveKit knows nothing of it",
} as const;

function loadUnfinished(
  tx: SchoolTransaction,
  { liveClassId }: MediaRoom,
): Promise<readonly Unfinished[]> {
  return tx.any(sql.type(unfinishedSchema)`
    select p.recording_id as "recordingId", p.part_no as "partNo", p.egress_id as "egressId",
      p.asked_at as "askedAtMs",
      r.stopped_at is null and coalesce(c.recording = 'on', false) and p.part_no = (
        select max(o.part_no) from recording_parts o
        where (o.school_id, o.recording_id) = (p.school_id, p.recording_id)
      ) as "isWanted"
    from recording_parts p
    join recordings r on (r.school_id, r.recording_id) = (p.school_id, p.recording_id)
    join live_classes c on (c.school_id, c.live_class_id) = (r.school_id, r.live_class_id)
    where r.live_class_id = ${liveClassId} and p.state in ('starting', 'active')
    order by p.recording_id, p.part_no`);
}
