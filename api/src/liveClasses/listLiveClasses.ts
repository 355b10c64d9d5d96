import { DarasaError, hasSchoolPermission } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { roleInLiveClass } from "./authorizeLiveClass.ts";
import type { LiveClass } from "./liveClass.ts";
import { showLiveClass } from "./showLiveClass.ts";
import { loadLiveClasses } from "./store.ts";

const dayMs = 24 * 60 * 60 * 1000;
const maxWindowMs = 400 * dayMs;

/**
 * The caller's classes that start within the window, and all that run. Without an end of the window it
 * reaches a day from now, either way.
 * @throws DarasaError bad_request when the window ends before it begins or spans more than a school year
 */
export async function listLiveClasses(
  services: Services,
  caller: UserCaller,
  window: { readonly from?: number | undefined; readonly to?: number | undefined },
): Promise<LiveClass[]> {
  const nowMs = services.now();
  const fromMs = window.from ?? Math.min(nowMs - dayMs, window.to ?? Infinity);
  const toMs = window.to ?? Math.max(nowMs + dayMs, fromMs);
  if (toMs < fromMs || toMs - fromMs > maxWindowMs) {
    throw new DarasaError("bad_request", { details: { detail: "from and to span no window" } });
  }
  const rows = await services.database.inSchool(caller.schoolId, (tx) =>
    loadLiveClasses(tx, caller.participantId, {
      fromMs,
      toMs,
      ofWholeSchool: hasSchoolPermission(caller.role, "rooms.runAll"),
    }),
  );
  return rows.flatMap((row) => {
    const role = roleInLiveClass(row, caller);
    return role ? [showLiveClass({ row, role })] : [];
  });
}
