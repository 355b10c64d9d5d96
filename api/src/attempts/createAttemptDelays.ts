import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { AttemptDelays } from "./attemptDelays.ts";
import { makeMemoryAttemptDelays } from "./memoryAttemptDelays.ts";
import { createRedisAttemptDelays } from "./redisAttemptDelays.ts";

interface DelayParts {
  readonly config: Pick<Config, "REDIS_URL">;
  readonly log: Log;
  readonly now: () => number;
}

/** The delays that the settings ask for: shared in Redis where one is named, this process's own otherwise. */
export function createAttemptDelays({ config, log, now }: DelayParts): AttemptDelays {
  const own = makeMemoryAttemptDelays(now);
  if (!config.REDIS_URL) return own;
  return createRedisAttemptDelays({ url: config.REDIS_URL.reveal(), log, now, fallback: own });
}
