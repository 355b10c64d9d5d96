import { notifyControl, recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, hasSchoolPermission, type LiveClassId } from "@darasa/protocol";
import { ensureBoard } from "../boards/store.ts";
import type { UserCaller } from "../routing/access.ts";
import { loadSchoolSettings } from "../schools/loadSchoolSettings.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, authorizeLiveClassTeacher } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { isRoomArchived, isRoomBusy, lockLiveClass, storeStart } from "./store.ts";

/**
 * Starts the class, with a board to draw on, and tells the gateways; a class that runs already is given as it is.
 * @throws DarasaError not_found, forbidden, class_ended, conflict when another class runs in the room
 */
export function startLiveClass(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await lockLiveClass(tx, id);
    const seen = await authorizeLiveClassTeacher(tx, caller, id);
    const { roomId, status } = seen.row;
    if (status === "ended") throw new DarasaError("class_ended");
    if (status === "live") return showLiveClass(seen);
    await authorizeStart(tx, caller);
    if (await isRoomArchived(tx, roomId)) throw new DarasaError("not_found");
    if (await isRoomBusy(tx, roomId)) throw new DarasaError("conflict");
    await storeStart(tx, id);
    await ensureBoard(tx, roomId);
    const subject = { kind: "liveClass", id } as const;
    await recordAudit(tx, { actor: caller, action: "liveClass.started", subject });
    const { schoolId } = caller;
    await notifyControl(tx, { kind: "liveClassStarted", schoolId, roomId, liveClassId: id });
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}

/** Some schools leave starting to those who run them. @throws DarasaError forbidden */
async function authorizeStart(tx: SchoolTransaction, caller: UserCaller): Promise<void> {
  const { classStarters } = await loadSchoolSettings(tx);
  if (classStarters === "teachers" || hasSchoolPermission(caller.role, "rooms.runAll")) return;
  throw new DarasaError("forbidden");
}
