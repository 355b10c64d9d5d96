/** What was begun and has equally long to end: one timer for all of them, and none while there is nothing. */
export class Deadlines<Begun> {
  readonly #withinMs: number;
  readonly #uptimeMs: () => number;
  readonly #missed: (begun: Begun) => void;
  /** When each has to have ended, the first first. */
  readonly #dueMs = new Map<Begun, number>();
  #isWatching = false;

  /**
   * @param uptimeMs ms by a clock that nobody sets
   * @param missed called for each that has not ended within `withinMs`, and is forgotten then
   */
  constructor(withinMs: number, uptimeMs: () => number, missed: (begun: Begun) => void) {
    this.#withinMs = withinMs;
    this.#uptimeMs = uptimeMs;
    this.#missed = missed;
  }

  begin(begun: Begun): void {
    this.#dueMs.set(begun, this.#uptimeMs() + this.#withinMs);
    if (!this.#isWatching) this.#lookAfter(this.#withinMs);
  }

  /** It has ended in time, or is no more. */
  end(begun: Begun): void {
    this.#dueMs.delete(begun);
  }

  #lookAfter(waitMs: number): void {
    this.#isWatching = true;
    setTimeout(() => this.#look(), Math.ceil(waitMs)).unref();
  }

  #look(): void {
    const nowMs = this.#uptimeMs();
    this.#isWatching = false;
    for (const [begun, dueMs] of this.#dueMs) {
      if (dueMs > nowMs) {
        this.#lookAfter(dueMs - nowMs);
        return;
      }
      this.#dueMs.delete(begun);
      this.#missed(begun);
    }
  }
}
