import { DarasaError } from "@darasa/protocol";

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
  /** The PIN of one class from one address, behind which a whole school may be. */
  pin: { free: 5, maxDelaySeconds: 10 * 60 },
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
  close(): Promise<void>;
}

/** How long the attempt after so many failures has to wait: 0, then doubling from 1 s up to the rule's end. */
export function delayAfter(failures: number, rule: DelayRule): number {
  const beyond = failures - rule.free;
  return beyond < 0 ? 0 : Math.min(rule.maxDelaySeconds, 2 ** Math.min(beyond, 20));
}

/** How an attempt that comes too soon is refused. */
export function refuseAttempt(waitMs: number): DarasaError {
  return new DarasaError("rate_limited", {
    details: { retryAfterSeconds: Math.ceil(waitMs / 1000) },
  });
}
