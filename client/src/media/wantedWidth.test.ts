import { expect, test } from "vitest";
import { wantedWidth } from "./wantedWidth.ts";

test("a picture is asked for as wide as its place, in steps, on a fine screen more so", () => {
  expect(wantedWidth(300, 1)).toBe(320);
  expect(wantedWidth(310, 1)).toBe(320);
  expect(wantedWidth(300, 2)).toBe(640);
  expect(wantedWidth(300, 4)).toBe(640);
});

test("what is not shown is not asked for", () => {
  expect(wantedWidth(0, 2)).toBe(0);
});
