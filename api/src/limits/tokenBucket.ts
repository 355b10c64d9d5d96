import type { RateLimit } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";
import { refuseTooFast } from "./rateLimiter.ts";

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/** Token buckets by key, in memory: a node's own, forgotten at restart. */
export interface TokenBuckets {
  /** @throws DarasaError rate_limited with `retryAfterSeconds` when the key has used its tokens up */
  take(key: string): void;
  /** Undoes one `take`: what was allowed for turned out to be no abuse. */
  giveBack(key: string): void;
}

/** More keys than this at the same time and the oldest start anew: memory is bounded, not the attacker. */
const maxKeys = 50_000;

/** Buckets that hold `burst` and fill by `perSecond`. */
export function makeTokenBuckets(limit: RateLimit, now: () => number): TokenBuckets {
  const buckets = new BoundedMap<string, Bucket>(maxKeys);

  const fill = (key: string): Bucket => {
    const nowMs = now();
    const bucket = buckets.get(key) ?? { tokens: limit.burst, filledAtMs: nowMs };
    const gained = (Math.max(0, nowMs - bucket.filledAtMs) / 1000) * limit.perSecond;
    bucket.tokens = Math.min(limit.burst, bucket.tokens + gained);
    bucket.filledAtMs = nowMs;
    buckets.set(key, bucket);
    return bucket;
  };

  return {
    take(key) {
      const bucket = fill(key);
      if (bucket.tokens < 1) {
        throw refuseTooFast(Math.ceil((1 - bucket.tokens) / limit.perSecond));
      }
      bucket.tokens -= 1;
    },
    giveBack(key) {
      const bucket = fill(key);
      bucket.tokens = Math.min(limit.burst, bucket.tokens + 1);
    },
  };
}
