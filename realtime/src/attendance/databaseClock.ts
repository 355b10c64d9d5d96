/** What the database's clock said, and between which two moments of ours. */
export interface ClockReading {
  readonly askedAtMs: number;
  readonly answeredAtMs: number;
  readonly databaseMs: number;
}

/** By so much the clocks may drift apart before somebody must have set one, or this machine slept. */
const toleranceMs = 1_000;

/**
 * The database's time, by our clock that nobody sets: it goes on evenly from what the database said once, until that
 * says something which no drift explains. Until it has said anything at all, it is this machine's time.
 */
export class DatabaseClock {
  readonly #uptimeMs: () => number;
  #offsetMs: number;
  #isKnown = false;

  /** `now`: this machine's time in epoch ms; `uptimeMs`: by a clock that nobody sets. */
  constructor(now: () => number, uptimeMs: () => number) {
    this.#uptimeMs = uptimeMs;
    this.#offsetMs = now() - uptimeMs();
  }

  /** Epoch ms. */
  now(): number {
    return Math.round(this.#uptimeMs() + this.#offsetMs);
  }

  /** Whether the database has said what time it is. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  /** What the database answers when asked for its time. Rejects as `ask` does. */
  async read(ask: () => Promise<number>): Promise<ClockReading> {
    const askedAtMs = this.#uptimeMs();
    const databaseMs = await ask();
    return { askedAtMs, answeredAtMs: this.#uptimeMs(), databaseMs };
  }

  /** Whether this clock can still be right; an answer that took long says little. */
  agrees({ askedAtMs, answeredAtMs, databaseMs }: ClockReading): boolean {
    const uptimeMs = databaseMs - this.#offsetMs;
    return uptimeMs >= askedAtMs - toleranceMs && uptimeMs <= answeredAtMs + toleranceMs;
  }

  /** Goes by that answer from now on; by how many ms that moves the time. */
  follow({ askedAtMs, answeredAtMs, databaseMs }: ClockReading): number {
    const offsetMs = databaseMs - (askedAtMs + answeredAtMs) / 2;
    const movedMs = offsetMs - this.#offsetMs;
    this.#offsetMs = offsetMs;
    this.#isKnown = true;
    return movedMs;
  }
}
