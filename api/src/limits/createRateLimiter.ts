import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import { makeMemoryRateLimiter } from "./memoryRateLimiter.ts";
import type { RateLimiter } from "./rateLimiter.ts";
import { createRedisRateLimiter, type Counter } from "./redisRateLimiter.ts";

interface LimiterParts {
  readonly config: Pick<Config, "REDIS_URL">;
  readonly log: Log;
  readonly now: () => number;
  readonly onCounter: (counter: Counter) => void;
}

/** The limiter that the settings ask for: shared in Redis where one is named, this process's own otherwise. */
export function createRateLimiter({ config, log, now, onCounter }: LimiterParts): RateLimiter {
  const own = makeMemoryRateLimiter(now);
  if (!config.REDIS_URL) return own;
  const url = config.REDIS_URL.reveal();
  return createRedisRateLimiter({ url, log, now, fallback: own, onCounter });
}
