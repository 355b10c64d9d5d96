import { expect, test } from "vitest";
import { bytesPerMinute } from "./bytesPerMinute.ts";

const everySecond = (bytesAt: (second: number) => number) =>
  Array.from({ length: 120 }, (_, second) => ({ atMs: second * 1_000, bytes: bytesAt(second) }));

test("growth is that of the second half: a program that only warms up does not grow", () => {
  expect(bytesPerMinute(everySecond((second) => Math.min(second, 60) * 1e6))).toBeCloseTo(0);
});

test("what grows by 10 kB a second grows by 600 kB a minute, however it jumps meanwhile", () => {
  const growth = bytesPerMinute(everySecond((second) => second * 1e4 + (second % 2) * 1e5));
  expect(growth / 1e6).toBeCloseTo(0.6, 1);
});

test("without anything seen there is no growth", () => {
  expect(bytesPerMinute([])).toBe(0);
});
