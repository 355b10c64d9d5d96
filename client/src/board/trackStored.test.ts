import { describe, expect, it } from "vitest";
import { subtractRanges } from "./deleteRanges.ts";
import { createStoredTracker } from "./trackStored.ts";

const me = 7;
const clocks = (clock: number) => ({ clocks: { [String(me)]: clock }, deletes: [] });

describe("the stored tracker", () => {
  it("knows of nothing unstored at first", () => {
    expect(createStoredTracker(me).isStored()).toBe(true);
  });

  it("[B3] holds an edit for stored when its clock is below the one told, and not before", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(5, []);
    expect(tracker.isStored()).toBe(false);
    tracker.stored(clocks(4));
    tracker.stored({ clocks: { "8": 99 }, deletes: [] });
    expect(tracker.isStored()).toBe(false);
    tracker.stored(clocks(5));
    expect(tracker.isStored()).toBe(true);
  });

  it("[B3] holds a deletion for stored when all of its range was told, in whatever pieces", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(0, [
      [3, 10, 6],
      [4, 0, 1],
    ]);
    tracker.stored({ clocks: {}, deletes: [[3, 8, 4]] });
    tracker.stored({ clocks: {}, deletes: [[4, 0, 9]] });
    expect(tracker.isStored()).toBe(false);
    tracker.stored({ clocks: {}, deletes: [[3, 12, 4]] });
    expect(tracker.isStored()).toBe(true);
  });

  it("does not take word of later edits for word of earlier deletions", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(1, [[3, 0, 1]]);
    tracker.edited(2, []);
    tracker.stored(clocks(2));
    expect(tracker.isStored()).toBe(false);
  });

  it("learns of edits of an earlier visit when the copy that it gave is stored", () => {
    const tracker = createStoredTracker(me);
    tracker.loadedEarlierEdits();
    tracker.stored(clocks(100));
    expect(tracker.isStored()).toBe(false);
    tracker.answered({ ticket: "a", count: 1 });
    tracker.stored({ clocks: {}, deletes: [], copy: { ticket: "other", count: 1 } });
    expect(tracker.isStored()).toBe(false);
    tracker.stored({ clocks: {}, deletes: [], copy: { ticket: "a", count: 1 } });
    expect(tracker.isStored()).toBe(true);
  });

  it("does not hold for stored what was drawn after the answer that is", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(3, []);
    tracker.answered({ ticket: "a", count: 1 });
    tracker.edited(4, []);
    tracker.stored({ clocks: {}, deletes: [], copy: { ticket: "a", count: 1 } });
    expect(tracker.isStored()).toBe(false);
    tracker.stored(clocks(4));
    expect(tracker.isStored()).toBe(true);
  });

  it("takes the answer of a new connection for one that the old one may have lost", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(3, []);
    tracker.answered({ ticket: "a", count: 1 });
    tracker.answered({ ticket: "b", count: 1 });
    tracker.stored({ clocks: {}, deletes: [], copy: { ticket: "b", count: 1 } });
    expect(tracker.isStored()).toBe(true);
  });

  it("takes a later answer of the same connection as well", () => {
    const tracker = createStoredTracker(me);
    tracker.edited(3, []);
    tracker.answered({ ticket: "a", count: 1 });
    tracker.answered({ ticket: "a", count: 2 });
    tracker.stored({ clocks: {}, deletes: [], copy: { ticket: "a", count: 2 } });
    expect(tracker.isStored()).toBe(true);
  });
});

describe("subtractRanges", () => {
  it.each<[string, [number, number, number][], [number, number, number][]]>([
    ["another client's", [[2, 0, 9]], [[1, 5, 5]]],
    ["what touches at the start", [[1, 0, 5]], [[1, 5, 5]]],
    ["what touches at the end", [[1, 10, 5]], [[1, 5, 5]]],
    ["the start", [[1, 0, 7]], [[1, 7, 3]]],
    ["the end", [[1, 8, 9]], [[1, 5, 3]]],
    [
      "the middle",
      [[1, 6, 2]],
      [
        [1, 5, 1],
        [1, 8, 2],
      ],
    ],
    ["everything", [[1, 5, 5]], []],
    [
      "everything in two",
      [
        [1, 0, 8],
        [1, 8, 8],
      ],
      [],
    ],
  ])("takes away %s", (_name, taken, left) => {
    expect(subtractRanges([[1, 5, 5]], taken)).toEqual(left);
  });
});
