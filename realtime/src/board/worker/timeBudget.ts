/** How long a worker may be busy on behalf of one connection. */
export interface TimeBudget {
  charge(ms: number): void;
  /** True when more was taken than is given; false again after a while. */
  isSpent(): boolean;
}

/** A document that is brought whole may take a second or two; a stroke takes far less than a ms. */
const burstMs = 4_000;
const perSecondMs = 250;

/** A full budget. `now` is a steady clock in ms. */
export function createTimeBudget(now: () => number): TimeBudget {
  let leftMs = burstMs;
  let atMs = now();

  function refill(): void {
    const nowMs = now();
    leftMs = Math.min(burstMs, leftMs + ((nowMs - atMs) / 1_000) * perSecondMs);
    atMs = nowMs;
  }

  return {
    charge(ms) {
      refill();
      leftMs -= ms;
    },
    isSpent() {
      refill();
      return leftMs < 0;
    },
  };
}
