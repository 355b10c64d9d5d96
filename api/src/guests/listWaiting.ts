import type { LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { WaitingList } from "./waitingList.ts";
import { loadWaitingList } from "./waitingStore.ts";

/** Who waits to be let in. @throws DarasaError not_found, forbidden */
export function listWaiting(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<WaitingList> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeLiveClassTeacher(tx, caller, id);
    return loadWaitingList(tx, id);
  });
}
