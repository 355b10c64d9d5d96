import type { Services } from "../services.ts";

/** How often classes without a teacher are looked for: longer than the gateways' heartbeat. */
export const sweepIntervalMs = 45_000;

/** Ends the classes that their teachers left. Never rejects: the next sweep tries again. */
export type SweepAbandoned = () => Promise<void>;

/**
 * A sweep to be called every `sweepIntervalMs`. The first one, and the first one after a pause (this machine
 * slept, its clock was set, `checkReadiness` found the database or the gateway away), ends nothing: the gateways
 * have not had the time to tell who is there.
 */
export function makeSweepAbandoned(
  services: Pick<Services, "config" | "database" | "log" | "now">,
  checkReadiness: () => Promise<void>,
): SweepAbandoned {
  const { config, database, log, now } = services;
  const idleMinutes = config.LIVE_CLASS_IDLE_MINUTES;
  let sweptAtMs: number | null = null;

  const sweep = async (): Promise<void> => {
    const nowMs = now();
    await checkReadiness();
    const isPaused = sweptAtMs === null || Math.abs(nowMs - sweptAtMs) > 2 * sweepIntervalMs;
    const ended = isPaused ? 0 : await database.endAbandonedLiveClasses(idleMinutes);
    sweptAtMs = nowMs;
    if (ended > 0) log("info", "ended classes without a teacher", { ended, idleMinutes });
  };
  return async () => {
    try {
      await sweep();
    } catch (error) {
      log("warn", "could not look for classes without a teacher", { error });
    }
  };
}
