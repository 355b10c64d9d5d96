import type { Session } from "../room/room.ts";

/** So many refusals within so long are no mistake of a client any more (SPEC L1). */
const maxRefusals = 300;
const windowMs = 10_000;

interface Refusals {
  /** When the last ones were; a ring, the oldest at `next`. */
  readonly atMs: Float64Array;
  next: number;
}

/** Finds the sessions that go on although they are told that it is too fast. */
export class Floods {
  readonly #refusals = new WeakMap<Session, Refusals>();

  /** Notes that a session was told `rate_limited`; true when that was once too often. */
  isTooMany(session: Session, nowMs: number): boolean {
    const refusals = this.#refusals.get(session) ?? {
      atMs: new Float64Array(maxRefusals).fill(-Infinity),
      next: 0,
    };
    this.#refusals.set(session, refusals);
    refusals.atMs[refusals.next] = nowMs;
    refusals.next = (refusals.next + 1) % maxRefusals;
    return nowMs - (refusals.atMs[refusals.next] ?? -Infinity) < windowMs;
  }
}
