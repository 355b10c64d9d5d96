import { describe, expect, it } from "vitest";
import { mergeExtents, toStoredExtents } from "./storedExtent.ts";

describe("storedExtent", () => {
  it("keeps the highest clock and joins ranges that touch or overlap", () => {
    const merged = mergeExtents([
      { clocks: new Map([[1, 5]]), deletes: [[1, 0, 2]] },
      {
        clocks: new Map([
          [1, 3],
          [2, 9],
        ]),
        deletes: [
          [2, 0, 1],
          [1, 2, 3],
          [1, 4, 4],
          [1, 20, 1],
        ],
      },
    ]);
    expect([...merged.clocks]).toEqual([
      [1, 5],
      [2, 9],
    ]);
    expect(merged.deletes).toEqual([
      [1, 0, 8],
      [1, 20, 1],
      [2, 0, 1],
    ]);
  });

  it("tells many ranges in portions, each range and each clock once", () => {
    const deletes = Array.from({ length: 2_500 }, (_, index) => [1, index * 2, 1] as const);
    const events = toStoredExtents({ clocks: new Map([[1, 7]]), deletes });
    expect(events.map((event) => event.deletes.length)).toEqual([1_000, 1_000, 500]);
    expect(events.flatMap((event) => event.deletes)).toEqual(deletes);
    expect(events.map((event) => event.clocks)).toEqual([{ 1: 7 }, {}, {}]);
  });

  it("tells clocks alone in one event", () => {
    expect(toStoredExtents({ clocks: new Map([[3, 4]]), deletes: [] })).toEqual([
      { clocks: { 3: 4 }, deletes: [] },
    ]);
  });
});
