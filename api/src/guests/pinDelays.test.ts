import { DarasaError } from "@darasa/protocol";
import { beforeEach, expect, test } from "vitest";
import { makePinDelays, type PinDelays } from "./pinDelays.ts";

let nowMs: number;
let delays: PinDelays;
beforeEach(() => {
  nowMs = 1_767_225_600_000;
  delays = makePinDelays(() => nowMs);
});

/** What a try is told that comes too early. */
function secondsUntilNext(): number {
  try {
    delays.begin("class address");
  } catch (error) {
    if (error instanceof DarasaError) return Number(error.details?.["retryAfterSeconds"]);
  }
  throw new Error("it did not come too early");
}

/** How many tries one address gets in that time when it tries all the time. */
function triesWithin(ms: number): number {
  let count = 0;
  for (const endMs = nowMs + ms; nowMs < endMs; nowMs += 500) {
    try {
      delays.begin("class address");
      count += 1;
    } catch {
      // Not yet.
    }
  }
  return count;
}

test("five tries are free, then each next one waits twice as long, at most ten minutes", () => {
  for (let time = 0; time < 5; time += 1) delays.begin("class address");
  const waits = Array.from({ length: 12 }, () => {
    const seconds = secondsUntilNext();
    nowMs += seconds * 1_000;
    delays.begin("class address");
    return seconds;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600]);
});

test("a whole lesson of guessing from one address is some twenty tries", () => {
  expect(triesWithin(90 * 60_000)).toBeLessThan(30);
});

test("the refusal says when to come again, and other addresses notice nothing", () => {
  for (let time = 0; time < 6; time += 1) {
    nowMs += 1_000;
    delays.begin("class address");
  }
  expect(() => delays.begin("class address")).toThrow(
    expect.objectContaining({ code: "rate_limited", details: { retryAfterSeconds: 2 } }),
  );
  expect(() => delays.begin("class other")).not.toThrow();
});

test("the right PIN, and half an hour, make good", () => {
  const begin = () => delays.begin("class address");
  for (let time = 0; time < 5; time += 1) begin();
  delays.forgive("class address");
  for (let time = 0; time < 5; time += 1) begin();
  expect(begin).toThrow();
  nowMs += 31 * 60_000;
  for (let time = 0; time < 5; time += 1) expect(begin).not.toThrow();
});
