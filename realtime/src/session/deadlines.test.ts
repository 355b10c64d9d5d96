import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Deadlines } from "./deadlines.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
  const missed: string[] = [];
  const deadlines = new Deadlines<string>(5_000, Date.now, (name) => missed.push(name));
  return { deadlines, missed };
}

test("[H1] each has its own time, and whoever ended in it is left alone", () => {
  const { deadlines, missed } = watch();
  deadlines.begin("a");
  vi.advanceTimersByTime(2_000);
  deadlines.begin("b");
  deadlines.begin("c");
  vi.advanceTimersByTime(2_999);
  expect(missed).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(missed).toEqual(["a"]);
  deadlines.end("b");
  vi.advanceTimersByTime(1_999);
  expect(missed).toEqual(["a"]);
  vi.advanceTimersByTime(1);
  expect(missed).toEqual(["a", "c"]);
});

test("there is one timer, however many wait, and none when nobody does", () => {
  const { deadlines } = watch();
  for (let one = 0; one < 100; one += 1) deadlines.begin(String(one));
  expect(vi.getTimerCount()).toBe(1);
  for (let one = 0; one < 100; one += 1) deadlines.end(String(one));
  vi.advanceTimersByTime(5_000);
  expect(vi.getTimerCount()).toBe(0);
});

test("what begins after a quiet time is watched as well, also from within", () => {
  const missed: string[] = [];
  const deadlines: Deadlines<string> = new Deadlines(5_000, Date.now, (name) => {
    missed.push(name);
    if (name === "a") deadlines.begin("b");
  });
  vi.advanceTimersByTime(60_000);
  deadlines.begin("a");
  vi.advanceTimersByTime(5_000);
  expect(missed).toEqual(["a"]);
  vi.advanceTimersByTime(5_000);
  expect(missed).toEqual(["a", "b"]);
});
