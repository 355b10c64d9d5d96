/** Calls `run` once after `delayMs`; the returned function cancels that. */
export type After = (delayMs: number, run: () => void) => () => void;

/** One piece of work that can be put off. */
export class Timer {
  readonly #after: After;
  readonly #run: () => void;
  #cancel: (() => void) | undefined;

  constructor(after: After, run: () => void) {
    this.#after = after;
    this.#run = run;
  }

  /** Runs after that long, unless it is going to run already. */
  start(delayMs: number): void {
    this.#cancel ??= this.#after(delayMs, () => this.now());
  }

  /** Runs at once, and not a second time for what was put off. */
  now(): void {
    this.cancel();
    this.#run();
  }

  cancel(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
