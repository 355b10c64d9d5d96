import type { LiveClassId } from "@darasa/protocol";
import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { findLiveClass } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";

/** One live class; guests who wait may know what for. @throws DarasaError not_found, removed */
export function getLiveClass(
  services: Services,
  caller: Caller,
  id: LiveClassId,
): Promise<LiveClass> {
  return services.database.inSchool(caller.schoolId, async (tx) =>
    showLiveClass(await findLiveClass(tx, caller, id)),
  );
}
