/** When the sign-ins of those who are connected were said to end, by a clock that nobody sets. */
export class SignInEnds<Who extends object> {
  readonly #uptimeMs: () => number;
  readonly #endsAtMs = new WeakMap<Who, number>();

  constructor(uptimeMs: () => number) {
    this.#uptimeMs = uptimeMs;
  }

  /** It ends so many ms from now; null: nobody knows of an end. */
  expect(who: Who, endsInMs: number | null): void {
    if (endsInMs === null) this.#endsAtMs.delete(who);
    else this.#endsAtMs.set(who, this.#uptimeMs() + endsInMs);
  }

  /** Those of these whose sign-in should be over by now; while that is being asked they are not named again. */
  takeEnded(everybody: Iterable<Who>): Who[] {
    const nowMs = this.#uptimeMs();
    const ended = [...everybody].filter((who) => (this.#endsAtMs.get(who) ?? Infinity) <= nowMs);
    for (const who of ended) this.#endsAtMs.delete(who);
    return ended;
  }
}
