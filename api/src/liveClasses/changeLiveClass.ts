import { DarasaError, type LiveClassId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeLiveClass, authorizeLiveClassTeacher } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { lockLiveClass, storeLiveClassChange, type LiveClassChange } from "./store.ts";

/**
 * Changes what was planned, until the class starts.
 * @throws DarasaError not_found, forbidden, conflict when it runs, class_ended
 */
export function changeLiveClass(
  services: Services,
  caller: UserCaller,
  { id, ...change }: LiveClassChange & { readonly id: LiveClassId },
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await lockLiveClass(tx, id);
    const { row } = await authorizeLiveClassTeacher(tx, caller, id);
    if (row.status === "ended") throw new DarasaError("class_ended");
    if (row.status === "live") throw new DarasaError("conflict");
    await storeLiveClassChange(tx, id, change);
    return showLiveClass(await authorizeLiveClass(tx, caller, id));
  });
}
