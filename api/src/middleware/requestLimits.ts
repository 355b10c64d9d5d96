import { makeTokenBuckets, type TokenBuckets } from "./tokenBucket.ts";

/** The limits of what can be asked without being signed in. */
export interface RequestLimits {
  readonly loginByAddress: TokenBuckets;
  /** By account and address together: nobody locks another out from elsewhere. */
  readonly loginByAccount: TokenBuckets;
  readonly demoByAddress: TokenBuckets;
  readonly joinByAddress: TokenBuckets;
  /** New guests of one class, wherever they come from. */
  readonly joinByCode: TokenBuckets;
}

/**
 * A school sits behind one address: bursts let a whole class in at once, the rates stop guessing. What one
 * address may have is a small part of what a class may: a few keep nobody out of it.
 */
export function makeRequestLimits(now: () => number): RequestLimits {
  return {
    loginByAddress: makeTokenBuckets({ burst: 100, perSecond: 2 }, now),
    loginByAccount: makeTokenBuckets({ burst: 10, perSecond: 0.1 }, now),
    demoByAddress: makeTokenBuckets({ burst: 20, perSecond: 0.5 }, now),
    joinByAddress: makeTokenBuckets({ burst: 200, perSecond: 5 }, now),
    joinByCode: makeTokenBuckets({ burst: 1_000, perSecond: 20 }, now),
  };
}
