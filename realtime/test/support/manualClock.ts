import type { FlushClock } from "../../src/publish/flushClock.ts";

/** A clock that goes when it is told to. */
export class ManualClock implements FlushClock {
  #nowMs = 1_000;
  readonly #timers = new Set<{ readonly atMs: number; readonly wake: () => void }>();
  /** The most timers that ran at the same time. */
  mostTimers = 0;

  now(): number {
    return this.#nowMs;
  }

  get timers(): number {
    return this.#timers.size;
  }

  wakeAfter(ms: number, wake: () => void): () => void {
    const timer = { atMs: this.#nowMs + ms, wake };
    this.#timers.add(timer);
    this.mostTimers = Math.max(this.mostTimers, this.#timers.size);
    return () => void this.#timers.delete(timer);
  }

  /** Lets time pass, and calls those whose time comes at their time. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms;
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.atMs - b.atMs);
      if (next === undefined || next.atMs > endMs) break;
      this.#timers.delete(next);
      this.#nowMs = next.atMs;
      next.wake();
    }
    this.#nowMs = endMs;
  }
}
