import { createHash } from "node:crypto";
import type { Log } from "../log.ts";
import { connectBuckets } from "./connectBuckets.ts";
import type { Counted, LimitName } from "./limitTable.ts";
import { limitOf, refuseTooFast, type RateLimiter } from "./rateLimiter.ts";

/** Where limits are counted right now. */
export type Counter = "redis" | "memory";

/** After a failure nobody asks for so long: a Redis that hangs holds up a request in a while, not every one. */
const restMs = 1_000;

interface RedisLimiterParts {
  readonly url: string;
  readonly log: Log;
  /** Ms of any steady clock. */
  readonly now: () => number;
  /** Counts while Redis is away, as this process alone can. */
  readonly fallback: RateLimiter;
  /** Told at the start and at every change. */
  readonly onCounter: (counter: Counter) => void;
}

/**
 * A limiter that all processes share. It refuses nobody because Redis is away: the fallback counts meanwhile, and
 * the log says so once. Keys are hashes: addresses, of people and of machines, are nobody's to read there.
 */
export function createRedisRateLimiter(parts: RedisLimiterParts): RateLimiter {
  const { now, fallback } = parts;
  const redis = connectBuckets(parts.url);
  const tell = makeTeller(parts);
  let restUntilMs = 0;

  redis.on("ready", () => {
    restUntilMs = 0;
    tell("redis");
  });
  redis.on("error", (error: unknown) => tell("memory", error));
  redis.on("close", () => tell("memory"));

  /** Ms to wait for the tokens; null when Redis is away. */
  const change = async (cost: number, name: LimitName, [counted, key]: [Counted, string]) => {
    const { burst, perSecond } = limitOf(name, counted);
    if (now() < restUntilMs) return null;
    try {
      const waitMs = await redis.takeTokens(nameKey(name, counted, key), burst, perSecond, cost);
      tell("redis");
      return waitMs;
    } catch (error) {
      restUntilMs = now() + restMs;
      tell("memory", error);
      return null;
    }
  };

  return {
    async take(name, counted, key) {
      const waitMs = await change(1, name, [counted, key]);
      if (waitMs === null) await fallback.take(name, counted, key);
      else if (waitMs > 0) throw refuseTooFast(Math.ceil(waitMs / 1_000));
    },
    async giveBack(name, counted, key) {
      const done = await change(-1, name, [counted, key]);
      if (done === null) await fallback.giveBack(name, counted, key);
    },
    async close() {
      redis.disconnect();
      await fallback.close();
    },
  };
}

/** Says who counts when that has changed, and why. */
function makeTeller({ log, onCounter }: Pick<RedisLimiterParts, "log" | "onCounter">) {
  let told: Counter | null = null;
  return (counter: Counter, error?: unknown) => {
    if (counter === told) return;
    told = counter;
    onCounter(counter);
    if (counter === "redis") log("info", "limits are counted in Redis");
    else log("warn", "Redis is away: every process counts limits for itself", { error });
  };
}

function nameKey(name: LimitName, counted: Counted, key: string): string {
  const hash = createHash("sha256").update(key).digest("base64url");
  return `darasa:limit:${name}:${counted}:${hash}`;
}
