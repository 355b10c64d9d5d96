import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import {
  authorizeLiveClassTeacher,
  refuseUnlessRunning,
} from "../liveClasses/authorizeLiveClass.ts";
import { mediaRoomName } from "../media/mediaRoomName.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { lockRecordedClass, tellRecording, type RecordedClass } from "./classRecording.ts";
import { askForEgress, loadRecorder, refusalOf, type Recorder } from "./judgeRecordable.ts";
import {
  deletePart,
  deleteRecordingRow,
  storeEgressId,
  storePart,
  storeRecording,
} from "./store.ts";

/** Nobody pauses that often. */
const maxParts = 200;

/** What is to be recorded: the class anew, or a recording of it that is paused. */
export interface Wanted {
  readonly id: LiveClassId;
  /** Null: a new one. */
  readonly recordingId: string | null;
}

/**
 * Begins to record the class, or goes on with a recording that is paused. Everybody in the class is told before LiveKit
 * is asked, and once more when it refuses.
 * @throws DarasaError not_found, forbidden, class_not_started, class_ended, recordings_forbidden, recording_unavailable,
 * conflict when it is recorded already, or that recording is not paused
 */
export async function startRecording(
  services: Services,
  caller: UserCaller,
  wanted: Wanted,
): Promise<void> {
  const { schoolId } = caller;
  const room = { schoolId, liveClassId: wanted.id };
  const recorder = await services.database.inSchool(schoolId, async (tx) => {
    const { row } = await authorizeLiveClassTeacher(tx, caller, wanted.id);
    refuseUnlessRunning(row);
    return loadRecorder(services, tx, { schoolId, row });
  });
  if (typeof recorder === "string") throw refusalOf(recorder);
  const egress = services.media.egress(recorder.server);
  const recordable = await askForEgress(egress, room);
  if (recordable !== "ready") throw refusalOf(recordable);
  const part = await services.database.inSchool(schoolId, (tx) =>
    begin(tx, caller, { ...wanted, recorder }),
  );
  try {
    const output = await recorder.folder.output({ schoolId, ...part });
    const egressId = await egress.start(mediaRoomName(room), output);
    await services.database.inSchool(schoolId, (tx) => storeEgressId(tx, { ...part, egressId }));
  } catch (error) {
    await services.database.inSchool(schoolId, (tx) => takeBack(tx, caller, { wanted, part }));
    throw new DarasaError("recording_unavailable", { cause: error });
  }
}

interface Part {
  readonly recordingId: string;
  readonly partNo: number;
}

async function begin(
  tx: SchoolTransaction,
  caller: UserCaller,
  { id, recordingId, recorder }: Wanted & { readonly recorder: Recorder },
): Promise<Part> {
  const { schoolId, participantId } = caller;
  const held = await lockRecordedClass(tx, id);
  if (!held?.isLive || !held.isOnLiveKit) throw new DarasaError("conflict");
  const { storage } = recorder;
  const part =
    recordingId === null
      ? await beginAnew(tx, held, { liveClassId: id, startedBy: participantId, storage })
      : nextPart(held, recordingId);
  if (recordingId !== null) await storePart(tx, { ...part, storage });
  await recordAudit(tx, {
    actor: caller,
    action: recordingId === null ? "recording.started" : "recording.resumed",
    subject: { kind: "liveClass", id },
    details: { recordingId: part.recordingId },
  });
  await tellRecording(tx, { schoolId, roomId: held.roomId, liveClassId: id }, "on");
  return part;
}

async function beginAnew(
  tx: SchoolTransaction,
  held: RecordedClass,
  begun: Parameters<typeof storeRecording>[1],
): Promise<Part> {
  if (held.recordingId !== null) throw new DarasaError("conflict");
  return { recordingId: await storeRecording(tx, begun), partNo: 1 };
}

function nextPart(held: RecordedClass, recordingId: string): Part {
  if (held.recordingId !== recordingId || held.recording !== "paused") {
    throw new DarasaError("conflict");
  }
  const partNo = (held.partNo ?? 0) + 1;
  if (partNo > maxParts) throw new DarasaError("limit_reached");
  return { recordingId, partNo };
}

/** LiveKit did not begin: it is as it was before, unless somebody has ended it meanwhile. */
async function takeBack(
  tx: SchoolTransaction,
  { schoolId }: UserCaller,
  { wanted, part }: { readonly wanted: Wanted; readonly part: Part },
): Promise<void> {
  const held = await lockRecordedClass(tx, wanted.id);
  const isNew = wanted.recordingId === null;
  if (isNew) await deleteRecordingRow(tx, part.recordingId);
  else await deletePart(tx, part);
  if (held?.recordingId !== part.recordingId) return;
  const where = { schoolId, roomId: held.roomId, liveClassId: wanted.id };
  await tellRecording(tx, where, isNew ? null : "paused");
}
