import { DarasaError } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";

/** Fingers slip, and a school has one address. */
const freeTries = 5;
const firstDelayMs = 1_000;
const maxDelayMs = 10 * 60_000;
/** Tries that lie longer back are nobody's any more. */
const forgetAfterMs = 30 * 60_000;
const maxKeys = 50_000;

interface Tries {
  readonly count: number;
  readonly lastAtMs: number;
  readonly nextAtMs: number;
}

/**
 * What slows down who guesses PINs, by class and address: five tries are free, then each next one waits twice as
 * long as the one before, up to ten minutes. It is this process's own and cannot stop many addresses that guess
 * together; the count that the class itself keeps does (`judgeKnock`).
 */
export interface PinDelays {
  /** Counts one try before it is looked at, so that many at once are many. @throws DarasaError rate_limited */
  begin(key: string): void;
  /** The PIN was right: all tries of that key are forgotten. */
  forgive(key: string): void;
}

/** Delays that begin with nobody known. */
export function makePinDelays(now: () => number): PinDelays {
  const known = new BoundedMap<string, Tries>(maxKeys);

  const recent = (key: string, nowMs: number): Tries => {
    const tries = known.get(key);
    const isOld = tries === undefined || nowMs - tries.lastAtMs > forgetAfterMs;
    return isOld ? { count: 0, lastAtMs: nowMs, nextAtMs: nowMs } : tries;
  };

  return {
    begin(key) {
      const nowMs = now();
      const { count, nextAtMs } = recent(key, nowMs);
      if (nowMs < nextAtMs) {
        const retryAfterSeconds = Math.ceil((nextAtMs - nowMs) / 1000);
        throw new DarasaError("rate_limited", { details: { retryAfterSeconds } });
      }
      known.set(key, { count: count + 1, lastAtMs: nowMs, nextAtMs: nowMs + delayMs(count + 1) });
    },
    forgive: (key) => known.delete(key),
  };
}

function delayMs(tries: number): number {
  if (tries < freeTries) return 0;
  return Math.min(maxDelayMs, firstDelayMs * 2 ** (tries - freeTries));
}
