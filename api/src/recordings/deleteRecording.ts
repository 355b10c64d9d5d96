import { recordAudit } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import { authorizeRoomTeacher } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { RoomRecording } from "./openRecording.ts";
import { deleteRecordingRow, loadParts, loadRecording } from "./store.ts";

/**
 * Deletes a recording with its files, by a teacher of the room. Links that were given out open nothing any more.
 * @throws DarasaError not_found, forbidden, conflict while it goes on or is being saved, recordings_unreachable when its
 * storage is not set up any more, or refuses: then it is listed as before
 */
export async function deleteRecording(
  services: Services,
  caller: UserCaller,
  which: RoomRecording,
): Promise<void> {
  const { schoolId } = caller;
  const recording = await services.database.inSchool(schoolId, async (tx) => {
    await authorizeRoomTeacher(tx, caller, which.roomId);
    return loadRecording(tx, which);
  });
  if (!recording) throw new DarasaError("not_found");
  if (!["ready", "failed", "lost"].includes(recording.state)) throw new DarasaError("conflict");
  if (!(await removeRecording(services, { schoolId, recordingId: recording.id }))) {
    throw new DarasaError("recordings_unreachable");
  }
  await services.database.inSchool(schoolId, (tx) =>
    recordAudit(tx, {
      actor: caller,
      action: "recording.deleted",
      subject: { kind: "liveClass", id: recording.liveClassId },
      details: { recordingId: recording.id },
    }),
  );
}

/**
 * Removes the files and then the row, so that whatever fails in between can be done again. False, and nothing is
 * removed, where the storage is not set up any more.
 * @throws DarasaError recordings_unreachable when the storage refuses, or does not answer
 */
export async function removeRecording(
  { database, recordings }: Pick<Services, "database" | "recordings">,
  { schoolId, recordingId }: { readonly schoolId: SchoolId; readonly recordingId: string },
): Promise<boolean> {
  const parts = await database.inSchool(schoolId, (tx) => loadParts(tx, recordingId));
  const files = parts.map(({ partNo, storage }) => ({ storage, schoolId, recordingId, partNo }));
  for (const storage of new Set(files.map((file) => file.storage))) {
    const folder = recordings.of(storage);
    if (!folder) return false;
    try {
      await folder.remove(files.filter((file) => file.storage === storage));
    } catch (error) {
      throw new DarasaError("recordings_unreachable", { cause: error });
    }
  }
  await database.inSchool(schoolId, (tx) => deleteRecordingRow(tx, recordingId));
  return true;
}
