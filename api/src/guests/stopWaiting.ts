import { notifyControl } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import { findLiveClass } from "../liveClasses/authorizeLiveClass.ts";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { forgetWaiting } from "./waitingStore.ts";

/**
 * Forgets a waiting guest who does not want to wait any longer, with the sign-in. Who was let in meanwhile is left
 * as they are.
 * @throws DarasaError not_found, forbidden for accounts, removed
 */
export async function stopWaiting(
  services: Services,
  caller: Caller,
  id: LiveClassId,
): Promise<void> {
  if (caller.kind !== "guest") throw new DarasaError("forbidden");
  const { schoolId, participantId } = caller;
  const isGone = await services.database.inSchool(schoolId, async (tx) => {
    const { row } = await findLiveClass(tx, caller, id);
    const wasWaiting = await forgetWaiting(tx, id, participantId);
    const { roomId } = row;
    if (wasWaiting) {
      await notifyControl(tx, { kind: "waitingRoomChanged", schoolId, roomId, liveClassId: id });
    }
    return wasWaiting;
  });
  if (isGone) services.signIns.forget(caller.signInId);
}
