import { sql, type SchoolTransaction } from "@darasa/database";
import type { ParticipantId, SchoolId } from "@darasa/protocol";
import * as z from "zod";
import type { Services } from "../services.ts";
import { removeRecording } from "./deleteRecording.ts";

type RemovingServices = Pick<Services, "database" | "recordings" | "log">;

const idSchema = z.object({ id: z.string() });
const isWhole = sql.fragment`r.stopped_at is not null and not exists (
  select from recording_parts p
  where (p.school_id, p.recording_id) = (r.school_id, r.recording_id) and p.state in ('starting', 'active'))`;

/** Removes the recordings that stopped before then; gives how many. Those whose storage is not set up any more stay. */
export async function removeOldRecordings(
  services: RemovingServices,
  schoolId: SchoolId,
  beforeMs: number,
): Promise<number> {
  const old = await services.database.inSchool(schoolId, (tx) =>
    tx.anyFirst(sql.type(idSchema)`
      select r.recording_id as id from recordings r
      where r.stopped_at < ${sql.timestamp(new Date(beforeMs))} order by r.stopped_at limit 1000`),
  );
  return removeAll(services, schoolId, old);
}

/**
 * Removes the recordings of classes that somebody was let into: nobody can be cut out of a picture of all. Gives how
 * many were removed, and how many are still being written and have to wait.
 */
export async function removeRecordingsOf(
  services: RemovingServices,
  {
    schoolId,
    participantId,
  }: { readonly schoolId: SchoolId; readonly participantId: ParticipantId },
): Promise<{ readonly removed: number; readonly left: number }> {
  const load = (tx: SchoolTransaction, only = sql.fragment`true`) =>
    tx.anyFirst(sql.type(idSchema)`
      select r.recording_id as id from recordings r
      where ${only} and exists (
        select from live_class_participants p
        where (p.school_id, p.live_class_id) = (r.school_id, r.live_class_id)
          and p.participant_id = ${participantId} and p.admitted_at is not null
      )`);
  const inSchool = services.database.inSchool.bind(services.database);
  const removed = await removeAll(
    services,
    schoolId,
    await inSchool(schoolId, (tx) => load(tx, isWhole)),
  );
  return { removed, left: (await inSchool(schoolId, (tx) => load(tx))).length };
}

async function removeAll(
  services: RemovingServices,
  schoolId: SchoolId,
  ids: readonly string[],
): Promise<number> {
  let removed = 0;
  for (const recordingId of ids) {
    try {
      if (await removeRecording(services, { schoolId, recordingId })) removed += 1;
    } catch (error) {
      // What else is to be removed does not wait for a storage that is away.
      services.log("warn", "could not remove a recording", { schoolId, recordingId, error });
    }
  }
  return removed;
}
