import { DarasaError } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";

/** How failed attempts of one kind slow the next one down: after `free` of them, for 1, 2, 4 … seconds. */
export interface DelayRule {
  readonly free: number;
  readonly maxDelaySeconds: number;
}

/**
 * What attempts are counted by. Nobody is ever locked out: the longest delay ends, and a known device waits for
 * its own failures alone.
 */
export const delayRules = {
  /** One account from one address. */
  address: { free: 5, maxDelaySeconds: 15 * 60 },
  /** One account from all devices that it does not know: many addresses guess no faster together than a few. */
  account: { free: 20, maxDelaySeconds: 5 * 60 },
  /** One account from a device that it knows. */
  device: { free: 5, maxDelaySeconds: 15 * 60 },
  /** Somebody who is signed in proves once more who they are. */
  signIn: { free: 5, maxDelaySeconds: 15 * 60 },
} as const satisfies Record<string, DelayRule>;

/** One counter. */
export interface AttemptCounter {
  readonly kind: keyof typeof delayRules;
  readonly key: string;
}

/** Failures are forgotten a day after the last. */
export const failuresLastSeconds = 24 * 60 * 60;

/**
 * Counts attempts to prove who one is. An attempt counts as failed from its beginning, so that many at the same
 * time are not all the first.
 */
export interface AttemptDelays {
  /**
   * Begins an attempt that all these count. When one of them still has to wait, nothing is counted.
   * @throws DarasaError rate_limited with `retryAfterSeconds`
   */
  begin(counters: readonly AttemptCounter[]): Promise<void>;
  /** Takes the attempt back, it was no guess: the next one need not wait for it. Earlier failures still count. */
  undo(counters: readonly AttemptCounter[]): Promise<void>;
  /** Forgets all failures: whoever it was has shown who they are. */
  forget(counters: readonly AttemptCounter[]): Promise<void>;
}

/** How long the attempt after so many failures has to wait: 0, then doubling from 1 s up to the rule's end. */
export function delayAfter(failures: number, rule: DelayRule): number {
  const beyond = failures - rule.free;
  return beyond < 0 ? 0 : Math.min(rule.maxDelaySeconds, 2 ** Math.min(beyond, 20));
}

interface Failures {
  readonly count: number;
  readonly lastAtMs: number;
  readonly blockedUntilMs: number;
}

/** More counters than this at the same time and the oldest start anew: memory is bounded, not the attacker. */
const maxCounters = 50_000;

/** Delays of this process's own, forgotten at restart. */
export function makeMemoryAttemptDelays(now: () => number): AttemptDelays {
  const counted = new BoundedMap<string, Failures>(maxCounters);
  const nameOf = ({ kind, key }: AttemptCounter) => `${kind} ${key}`;
  const failuresOf = (counter: AttemptCounter): Failures | null => {
    const known = counted.get(nameOf(counter));
    const isOld = known && now() - known.lastAtMs >= failuresLastSeconds * 1000;
    return known && !isOld ? known : null;
  };
  const waitMs = (counter: AttemptCounter) => (failuresOf(counter)?.blockedUntilMs ?? 0) - now();

  return {
    begin(counters) {
      const longestMs = Math.max(0, ...counters.map(waitMs));
      if (longestMs > 0) return Promise.reject(refuse(longestMs));
      for (const counter of counters) {
        const count = (failuresOf(counter)?.count ?? 0) + 1;
        const lastAtMs = now();
        const blockedUntilMs = lastAtMs + delayAfter(count, delayRules[counter.kind]) * 1000;
        counted.set(nameOf(counter), { count, lastAtMs, blockedUntilMs });
      }
      return Promise.resolve();
    },
    undo(counters) {
      for (const counter of counters) {
        const known = failuresOf(counter);
        if (!known) continue;
        counted.set(nameOf(counter), { ...known, count: known.count - 1, blockedUntilMs: 0 });
      }
      return Promise.resolve();
    },
    forget(counters) {
      for (const counter of counters) counted.delete(nameOf(counter));
      return Promise.resolve();
    },
  };
}

function refuse(waitMs: number): DarasaError {
  return new DarasaError("rate_limited", {
    details: { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  });
}
