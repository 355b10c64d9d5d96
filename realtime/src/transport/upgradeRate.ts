import { addressGroup } from "./remoteAddress.ts";

/** How many connections an address may open (SPEC L5). */
export interface UpgradeRateLimits {
  readonly perSecond: number;
  readonly burst: number;
  /** Addresses that are remembered; those beyond share one bucket. */
  readonly maxAddresses: number;
}

/** A school of 5,000 behind one address comes back at once; the table is at most some 2 MB. */
export const upgradeRateLimits: UpgradeRateLimits = {
  perSecond: 1_000,
  burst: 5_000,
  maxAddresses: 20_000,
};

/** Counts the connections that addresses open. */
export interface UpgradeRate {
  /** True when this address may open one more now. */
  take(address: string): boolean;
  /** Addresses that are remembered. */
  readonly size: number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Whoever comes when the table is full, and nobody in it is done: many addresses are one attack. */
const crowd = "";

/**
 * Token buckets per address, forgotten when they are full again.
 *
 * @param uptimeMs ms by a clock that nobody sets
 */
export function createUpgradeRate(
  { perSecond, burst, maxAddresses }: UpgradeRateLimits,
  uptimeMs: () => number,
): UpgradeRate {
  const buckets = new Map<string, Bucket>();
  const refillMs = (burst / perSecond) * 1_000;

  /** The least recently used are first; whoever was not seen for `refillMs` has a full bucket. */
  function makeRoom(nowMs: number): boolean {
    for (const [group, { atMs }] of buckets) {
      if (nowMs - atMs < refillMs) break;
      buckets.delete(group);
    }
    return buckets.size < maxAddresses;
  }

  function bucketOf(address: string, nowMs: number): [string, Bucket] {
    const group = addressGroup(address);
    const isKnown = buckets.has(group);
    const name = isKnown || buckets.size < maxAddresses || makeRoom(nowMs) ? group : crowd;
    return [name, buckets.get(name) ?? { tokens: burst, atMs: nowMs }];
  }

  return {
    take(address) {
      const nowMs = uptimeMs();
      const [name, bucket] = bucketOf(address, nowMs);
      bucket.tokens = Math.min(burst, bucket.tokens + ((nowMs - bucket.atMs) / 1_000) * perSecond);
      bucket.atMs = nowMs;
      // Taken out and put back, it stands last: the order is that of the last use.
      buckets.delete(name);
      buckets.set(name, bucket);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
    get size() {
      return buckets.size;
    },
  };
}
