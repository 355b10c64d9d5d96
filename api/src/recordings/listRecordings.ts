import type { LiveClassId, RoomId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import { authorizeReader } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { askForEgress, loadKeptDays, loadRecorder } from "./judgeRecordable.ts";
import type { Recordability, Recording } from "./recording.ts";
import { loadRecordingsOfClass, loadRecordingsOfRoom } from "./store.ts";

/** What a teacher is shown before they record. */
export interface ClassRecordings {
  readonly recordings: Recording[];
  readonly recordable: Recordability;
  readonly keptDays: number;
}

/**
 * The class's recordings, the newest first, and whether it can be recorded now.
 * @throws DarasaError not_found, forbidden
 */
export async function listClassRecordings(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<ClassRecordings> {
  const { schoolId } = caller;
  const found = await services.database.inSchool(schoolId, async (tx) => {
    const { row } = await authorizeLiveClassTeacher(tx, caller, id);
    return {
      recordings: [...(await loadRecordingsOfClass(tx, id))],
      keptDays: await loadKeptDays(tx),
      recorder: await loadRecorder(services, tx, { schoolId, row }),
    };
  });
  const { recorder, ...told } = found;
  if (typeof recorder === "string") return { ...told, recordable: recorder };
  const egress = services.media.egress(recorder.server);
  return { ...told, recordable: await askForEgress(egress, { schoolId, liveClassId: id }) };
}

/** The recordings of all classes of the room, the newest first, for its members. @throws DarasaError not_found, removed */
export function listRoomRecordings(
  services: Services,
  caller: UserCaller,
  id: RoomId,
): Promise<Recording[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeReader(tx, caller, id);
    return [...(await loadRecordingsOfRoom(tx, id))];
  });
}
