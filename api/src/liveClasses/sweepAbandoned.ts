import type { Services } from "../services.ts";

/** How often classes without a teacher are looked for. */
export const sweepIntervalMs = 30_000;

/** Ends the classes that their teachers left. Never throws: the next sweep tries again. */
export async function sweepAbandoned(
  services: Pick<Services, "config" | "database" | "log">,
): Promise<void> {
  try {
    const idleMinutes = services.config.LIVE_CLASS_IDLE_MINUTES;
    const ended = await services.database.endAbandonedLiveClasses(idleMinutes);
    if (ended > 0) services.log("info", "ended classes without a teacher", { ended, idleMinutes });
  } catch (error) {
    services.log("warn", "could not look for classes without a teacher", { error });
  }
}
