import type { Counted, LimitName } from "./limitTable.ts";
import { limitOf, type RateLimiter } from "./rateLimiter.ts";
import { makeTokenBuckets, type TokenBuckets } from "./tokenBucket.ts";

/** A limiter of this process's own, forgotten at restart: each of several processes allows as much. */
export function makeMemoryRateLimiter(now: () => number): RateLimiter {
  const buckets = new Map<string, TokenBuckets>();
  const bucketsOf = (name: LimitName, counted: Counted): TokenBuckets => {
    const known = buckets.get(`${name}/${counted}`);
    if (known) return known;
    const made = makeTokenBuckets(limitOf(name, counted), now);
    buckets.set(`${name}/${counted}`, made);
    return made;
  };
  return {
    take: (name, counted, key) => settle(() => bucketsOf(name, counted).take(key)),
    giveBack: (name, counted, key) => settle(() => bucketsOf(name, counted).giveBack(key)),
    close: () => Promise.resolve(),
  };
}

function settle(act: () => void): Promise<void> {
  return new Promise((resolve) => {
    act();
    resolve();
  });
}
