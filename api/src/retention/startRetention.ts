import type { SchoolId } from "@darasa/protocol";
import { finishErasures } from "../rights/finishErasures.ts";
import type { Services } from "../services.ts";
import { clearSchool, retentionIntervalMs } from "./clearSchool.ts";
import { endSubstitutes } from "./endSubstitutes.ts";

/** How often it is looked which schools have something due: how long a substitute may stay too long. */
const lookIntervalMs = 60_000;

/** Work that goes on beside the requests. */
export interface RunningRetention {
  /** Looks no more, and resolves when what is under way is done. */
  close(): Promise<void>;
}

/** From now on substitutes leave in time, erasures are finished, and schools are cleared once a day. */
export function startRetention(services: Services): RunningRetention {
  let running: Promise<void> = Promise.resolve();
  let isRunning = false;
  let isStopped = false;
  const look = (): void => {
    if (isRunning) return;
    isRunning = true;
    running = doWhatIsDue(services, () => isStopped).finally(() => (isRunning = false));
  };
  const timer = setInterval(look, lookIntervalMs);
  return {
    close() {
      isStopped = true;
      clearInterval(timer);
      return running;
    },
  };
}

/** One look at all schools. Never rejects: a school that fails is logged, and the others are served. */
export async function doWhatIsDue(
  services: Services,
  isStopped: () => boolean = () => false,
): Promise<void> {
  const nowMs = services.now();
  const due = { nowMs, ranBeforeMs: nowMs - retentionIntervalMs };
  try {
    for (const schoolId of await services.database.listDueSchools(due)) {
      if (isStopped()) return;
      await serve(services, schoolId as SchoolId);
    }
  } catch (error) {
    services.log("warn", "could not look what schools want removed", { error });
  }
}

async function serve(services: Services, schoolId: SchoolId): Promise<void> {
  try {
    const substitutes = await endSubstitutes(services, schoolId);
    const erased = await finishErasures(services, schoolId);
    const cleared = await clearSchool(services, schoolId);
    const counts = { substitutes, erased, ...cleared };
    if (Object.values(counts).every((count) => count === 0)) return;
    services.log("info", "removed what a school does not keep", { schoolId, ...counts });
  } catch (error) {
    services.log("warn", "could not remove what a school does not keep", { schoolId, error });
  }
}
