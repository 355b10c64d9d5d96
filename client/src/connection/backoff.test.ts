import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffDelayMs } from "./backoff.ts";

describe("backoffDelayMs", () => {
  test("[C2] the ceiling doubles from 0.6 s and stops at 10 s", () => {
    const ceilings = [1, 2, 3, 4, 5, 6, 7, 1000].map((attempt) =>
      backoffDelayMs(attempt, 0.999999),
    );
    expect(ceilings).toEqual([599, 1199, 2399, 4799, 9599, 9999, 9999, 9999]);
  });

  test("[C2] any attempt and any luck give a wait between 0 and 10 s", () => {
    fc.assert(
      fc.property(fc.nat(), fc.double({ min: 0, max: 0.9999999, noNaN: true }), (attempt, luck) => {
        const delayMs = backoffDelayMs(attempt, luck);
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
