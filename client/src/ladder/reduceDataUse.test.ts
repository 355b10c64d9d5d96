import { connectionModes } from "@darasa/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDataUse, hourCost, megabytesOf, noDataUse, totalBytes } from "./reduceDataUse.ts";

describe("what a class has cost", () => {
  test("is the sum of all that was spent, in whatever mode and order", () => {
    const spent = fc.record({
      mode: fc.constantFrom(...connectionModes),
      bytes: fc.nat(),
      ms: fc.nat(),
      loadedBytes: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(spent), (all) => {
        const use = all.reduce(addDataUse, noDataUse);
        expect(totalBytes(use)).toBe(
          all.reduce((sum, { bytes, loadedBytes }) => sum + bytes + loadedBytes, 0),
        );
      }),
    );
  });

  test("tells what an hour costs, by what was measured for a minute at least", () => {
    const short = { mode: "audio", bytes: 100_000, ms: 30_000, loadedBytes: 5_000_000 } as const;
    const once = addDataUse(noDataUse, short);
    expect(hourCost(once, "audio")).toEqual({ bytes: 25_000_000, isMeasured: false });
    const twice = addDataUse(once, short);
    expect(hourCost(twice, "audio")).toEqual({ bytes: 12_000_000, isMeasured: true });
    expect(hourCost(twice, "full").isMeasured).toBe(false);
  });

  test("each rung down is expected to cost less", () => {
    const costs = connectionModes.map((mode) => hourCost(noDataUse, mode).bytes);
    expect(costs).toEqual([...costs].sort((left, right) => right - left));
  });

  test("is said in megabytes, precisely only where that is little", () => {
    expect([0, 149_000, 9_940_000, 12_500_000].map(megabytesOf)).toEqual([0, 0.1, 9.9, 13]);
  });
});
