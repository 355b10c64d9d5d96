import { DarasaError, type RateLimit } from "@darasa/protocol";
import { limitTable, type Counted, type LimitName, type LimitRow } from "./limitTable.ts";

/** Counts what is asked for, by the limits of the one table. */
export interface RateLimiter {
  /**
   * Takes one token of that limit for a person's id, an address or the thing in question.
   * @throws DarasaError rate_limited with `retryAfterSeconds` when there is none left
   */
  take(name: LimitName, counted: Counted, key: string): Promise<void>;
  /** Undoes one `take`: what was allowed for turned out to be no abuse. */
  giveBack(name: LimitName, counted: Counted, key: string): Promise<void>;
  close(): Promise<void>;
}

/** That row's burst and rate. @throws TypeError when the limit does not count that */
export function limitOf(name: LimitName, counted: Counted): RateLimit {
  const limit = (limitTable[name] as LimitRow)[counted];
  if (!limit) throw new TypeError(`the limit ${name} counts by no ${counted}`);
  return limit;
}

/** How a limiter refuses. */
export function refuseTooFast(retryAfterSeconds: number): DarasaError {
  return new DarasaError("rate_limited", { details: { retryAfterSeconds } });
}
