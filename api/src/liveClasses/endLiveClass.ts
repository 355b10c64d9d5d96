import { notifyControl, recordAudit } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, authorizeLiveClassTeacher } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { lockLiveClass, storeEnd } from "./store.ts";

/**
 * Ends the class for everybody and tells the gateways; one that is over already is given as it is.
 * @throws DarasaError not_found, forbidden, class_not_started
 */
export function endLiveClass(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await lockLiveClass(tx, id);
    const seen = await authorizeLiveClassTeacher(tx, caller, id);
    const { roomId, status } = seen.row;
    if (status === "scheduled") throw new DarasaError("class_not_started");
    if (status === "ended") return showLiveClass(seen);
    await storeEnd(tx, id);
    const subject = { kind: "liveClass", id } as const;
    await recordAudit(tx, { actor: caller, action: "liveClass.ended", subject });
    await notifyControl(tx, {
      kind: "liveClassEnded",
      schoolId: caller.schoolId,
      roomId,
      liveClassId: id,
      reason: "teacher",
    });
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}
