import { notifyControl, sql, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId, RoomId, SchoolId } from "@darasa/protocol";
import * as z from "zod";
import { loadStage } from "../liveClasses/loadStage.ts";

const classSchema = z.object({
  roomId: z.string().transform((id) => id as RoomId),
  isLive: z.boolean(),
  isOnLiveKit: z.boolean(),
  recording: z.enum(["on", "paused"]).nullable(),
  /** The recording that goes on or is paused, its newest part, and what writes that. */
  recordingId: z.string().nullable(),
  partNo: z.number().nullable(),
  egressId: z.string().nullable(),
});

/** A class as far as its recording is concerned. */
export type RecordedClass = z.infer<typeof classSchema>;

/** The class, held until the transaction ends: starting, pausing and what LiveKit tells come one after the other. */
export async function lockRecordedClass(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<RecordedClass | null> {
  await tx.query(sql.typeAlias("nothing")`
    select from live_classes where live_class_id = ${id} for no key update`);
  return tx.maybeOne(sql.type(classSchema)`
    select c.room_id as "roomId", c.status = 'live' as "isLive",
      c.video_provider = 'livekit' as "isOnLiveKit", c.recording, r.recording_id as "recordingId",
      p.part_no as "partNo", p.egress_id as "egressId"
    from live_classes c
    left join recordings r
      on (r.school_id, r.live_class_id) = (c.school_id, c.live_class_id) and r.stopped_at is null
    left join lateral (
      select p.part_no, p.egress_id from recording_parts p
      where (p.school_id, p.recording_id) = (r.school_id, r.recording_id)
      order by p.part_no desc limit 1
    ) p on true
    where c.live_class_id = ${id}`);
}

/** Everybody in the class is told when this commits. */
export async function tellRecording(
  tx: SchoolTransaction,
  where: {
    readonly schoolId: SchoolId;
    readonly roomId: RoomId;
    readonly liveClassId: LiveClassId;
  },
  recording: "on" | "paused" | null,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update live_classes set recording = ${recording},
      recording_since = case when ${recording}::text is null then null else clock_timestamp() end
    where live_class_id = ${where.liveClassId}`);
  const stage = await loadStage(tx, where.liveClassId);
  await notifyControl(tx, { kind: "stage", ...where, stage });
}
