import { limits } from "@darasa/protocol";

const windowMs = 60_000;

/** Counts the protocol faults of one session (SPEC E3). */
export class FaultCounter {
  /** When the last faults were, oldest first: never more than the limit and one. */
  #atMs: number[] = [];

  /** Notes a fault; true when there were more than the limit within a minute. */
  isTooMany(nowMs: number): boolean {
    this.#atMs = this.#atMs.filter((atMs) => nowMs - atMs < windowMs);
    this.#atMs.push(nowMs);
    return this.#atMs.length > limits.maxFaultsPerMinute;
  }
}
