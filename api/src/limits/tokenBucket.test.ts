import { DarasaError } from "@darasa/protocol";
import { expect, test } from "vitest";
import { makeTokenBuckets } from "./tokenBucket.ts";

function make() {
  let nowMs = 0;
  const buckets = makeTokenBuckets({ burst: 2, perSecond: 0.5 }, () => nowMs);
  return { buckets, advance: (ms: number) => (nowMs += ms) };
}

/** How many of `times` are allowed. */
function takeMany(
  buckets: ReturnType<typeof makeTokenBuckets>,
  key: string,
  times: number,
): number {
  let allowed = 0;
  for (let time = 0; time < times; time += 1) {
    try {
      buckets.take(key);
      allowed += 1;
    } catch (error) {
      if (!(error instanceof DarasaError)) throw error;
    }
  }
  return allowed;
}

test("a burst, then the rate, and never more than a burst again", () => {
  const { buckets, advance } = make();
  expect(takeMany(buckets, "a", 5)).toBe(2);
  advance(2_000);
  expect(takeMany(buckets, "a", 5)).toBe(1);
  advance(3_600_000);
  expect(takeMany(buckets, "a", 5)).toBe(2);
});

test("keys do not share", () => {
  const { buckets } = make();
  takeMany(buckets, "a", 5);
  expect(takeMany(buckets, "b", 5)).toBe(2);
});

test("the refusal says how long to wait, and that is true", () => {
  const { buckets, advance } = make();
  takeMany(buckets, "a", 2);
  expect(() => buckets.take("a")).toThrow(
    expect.objectContaining({ code: "rate_limited", details: { retryAfterSeconds: 2 } }),
  );
  advance(2_000);
  expect(takeMany(buckets, "a", 1)).toBe(1);
});

test("what is given back can be taken again, up to the burst", () => {
  const { buckets } = make();
  takeMany(buckets, "a", 2);
  buckets.giveBack("a");
  expect(takeMany(buckets, "a", 2)).toBe(1);
  for (let time = 0; time < 9; time += 1) buckets.giveBack("a");
  expect(takeMany(buckets, "a", 9)).toBe(2);
});

test("a clock that goes back gives nothing away", () => {
  const { buckets, advance } = make();
  takeMany(buckets, "a", 2);
  advance(-60_000);
  expect(takeMany(buckets, "a", 1)).toBe(0);
});
