import { expect, it } from "vitest";
import { describeLastSeen } from "./describeLastSeen.ts";

const now = new Date(2026, 6, 15, 9, 30).getTime();

it.each([
  [null, "never"],
  [new Date(2026, 6, 15, 0, 1), "today"],
  [new Date(2026, 6, 14, 23, 59), "thisYear"],
  [new Date(2025, 6, 15, 9, 30), "earlier"],
] as const)("of %s is told as %s", (at, told) => {
  expect(describeLastSeen(at && at.getTime(), now)).toBe(told);
});
