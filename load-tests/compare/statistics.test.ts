import { expect, test } from "vitest";
import { median, pairedRatio } from "./statistics.ts";

test("a median is the middle, or between the two in the middle", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([4])).toBe(4);
  expect(median([])).toBeNaN();
});

test("a median sorts by value, not as text", () => {
  expect(median([10, 9, 100])).toBe(10);
});

test("ratios are taken round by round: a slow round slows both", () => {
  // The medians alone would say 10 / 20.
  const ratio = pairedRatio([10, 100, 1], [5, 50, 20]);
  expect(ratio).toEqual({ median: 2, least: 0.05, most: 2 });
});

test("a round that failed for one of the two does not count", () => {
  expect(pairedRatio([3, null, 8], [1, 1, null])).toEqual({ median: 3, least: 3, most: 3 });
  expect(pairedRatio([null], [1])).toBeNull();
  expect(pairedRatio([1], [0])).toBeNull();
});
