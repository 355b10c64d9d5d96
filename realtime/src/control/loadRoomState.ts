import {
  sql,
  stageColumns,
  stageSchema,
  type Database,
  type SchoolTransaction,
} from "@darasa/database";
import type { LiveClassId, ParticipantId, TrackKind } from "@darasa/protocol";
import * as z from "zod";
import type { Room, RunningClass } from "../room/room.ts";

/** What the database says about a room that is served. */
export interface RoomState {
  /** The room's newest `seq`; null when the room is gone. */
  readonly headSeq: number | null;
  readonly running: RunningClass | null;
  /** Why the class that this process took for running is over; null when it is not, or was none. */
  readonly endReason: "teacher" | "no_teacher" | null;
  /** Those who were let into the running class and are present. */
  readonly admitted: readonly Admitted[];
}

interface Admitted {
  readonly participantId: ParticipantId;
  readonly drawAllowed: boolean;
  /** Null: as the class says. */
  readonly sources: readonly TrackKind[] | null;
  readonly isRemoved: boolean;
}

const { video, sources, recording } = stageSchema.shape;
const participantId = z.string().transform((id) => id as ParticipantId);

const roomSchema = z.object({
  headSeq: z.number(),
  runningId: z.string().nullable(),
  drawing: z.enum(["teachers", "everyone"]).nullable(),
  chatLocked: z.boolean().nullable(),
  video: video.nullable(),
  presenter: participantId.nullable(),
  spotlight: participantId.nullable(),
  sources: sources.nullable(),
  recording,
  endReason: z.enum(["teacher", "no_teacher"]).nullable(),
});

const admittedSchema = z.object({
  participantId,
  drawAllowed: z.boolean(),
  sources: sources.nullable(),
  isRemoved: z.boolean(),
});

/** Reads it in one transaction. @throws DarasaError unavailable */
export function loadRoomState(database: Database, room: Room): Promise<RoomState> {
  return database.inSchool(room.schoolId, async (tx) => {
    const row = await loadRoom(tx, room);
    if (row === null) return { headSeq: null, running: null, endReason: null, admitted: [] };
    const running = toRunning(row);
    const admitted = running === null ? [] : await loadAdmitted(tx, room, running);
    return { headSeq: row.headSeq, running, endReason: row.endReason, admitted };
  });
}

function loadRoom(
  tx: SchoolTransaction,
  { roomId, liveClass }: Room,
): Promise<z.infer<typeof roomSchema> | null> {
  return tx.maybeOne(sql.type(roomSchema)`
    select r.last_seq as "headSeq", running.live_class_id as "runningId", running.drawing,
      running.chat_locked as "chatLocked", former.end_reason as "endReason", ${stageColumns("running")}
    from rooms r
    left join live_classes running
      on (running.school_id, running.room_id, running.status) = (r.school_id, r.room_id, 'live')
    left join live_classes former
      on (former.school_id, former.live_class_id) =
        (r.school_id, ${liveClass?.liveClassId ?? null}::uuid)
    where r.room_id = ${roomId}`);
}

function loadAdmitted(
  tx: SchoolTransaction,
  room: Room,
  running: RunningClass,
): Promise<readonly Admitted[]> {
  return tx.any(sql.type(admittedSchema)`
    select participant_id as "participantId", draw_allowed as "drawAllowed", sources,
      removed_at is not null as "isRemoved"
    from live_class_participants
    where live_class_id = ${running.liveClassId}
      and participant_id = any(${sql.array([...room.people.keys()], "uuid")})`);
}

function toRunning(row: z.infer<typeof roomSchema>): RunningClass | null {
  if (row.runningId === null) return null;
  return {
    liveClassId: row.runningId as LiveClassId,
    permissions: { drawing: row.drawing ?? "teachers", chatLocked: row.chatLocked ?? false },
    stage: {
      video: row.video ?? "none",
      presenter: row.presenter,
      spotlight: row.spotlight,
      sources: row.sources ?? [],
      recording: row.recording,
    },
  };
}
