import { BoundedMap } from "../boundedMap.ts";
import {
  delayAfter,
  delayRules,
  failuresLastSeconds,
  refuseAttempt,
  type AttemptCounter,
  type AttemptDelays,
} from "./attemptDelays.ts";

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
      if (longestMs > 0) return Promise.reject(refuseAttempt(longestMs));
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
    close: () => Promise.resolve(),
  };
}
