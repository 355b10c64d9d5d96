import { describe, expect, test } from "vitest";
import { addSample, isClean, isGood, isSevere, isThin, type Line } from "./judgeLine.ts";

const everyMs = 2_000;

/** Samples two seconds apart, the last one now. */
function line(...lossFractions: (number | null)[]): {
  readonly line: Line;
  readonly nowMs: number;
} {
  const samples = lossFractions.map((lossFraction, index) => ({
    atMs: (index + 1) * everyMs,
    roundTripMs: null,
    lossFraction,
  }));
  const all = samples.reduce<Line>((before, one) => addSample(before, one, 600_000), []);
  return { line: all, nowMs: samples.length * everyMs };
}

function judged({ line: samples, nowMs }: ReturnType<typeof line>) {
  return { isThin: isThin(samples, nowMs), isSevere: isSevere(samples, nowMs) };
}

describe("a line", () => {
  test("is thin once most of ten seconds were bad, and not after one bad moment", () => {
    expect(judged(line(0, 0, 0, 0, 1))).toEqual({ isThin: false, isSevere: false });
    expect(judged(line(0, 0, 0.2, 0.2, 0.2))).toEqual({ isThin: false, isSevere: false });
    expect(judged(line(0, 0.2, 0.2, 0.2, 0.2))).toEqual({ isThin: true, isSevere: false });
  });

  test("is thin as well where answers come late", () => {
    const samples = [2, 4, 6, 8].map((s) => ({
      atMs: s * 1_000,
      roundTripMs: 1_500,
      lossFraction: 0,
    }));
    expect(isThin(samples, 8_000)).toBe(true);
  });

  test("is severe where hardly sound comes through", () => {
    expect(judged(line(0.5, 0.4, 0.3, 0.6, 0.5)).isSevere).toBe(true);
  });

  test("is nothing at all while nothing was measured", () => {
    const nothing = line(null, null, null, null, null);
    expect(nothing.line).toEqual([]);
    expect(judged(nothing)).toEqual({ isThin: false, isSevere: false });
    expect(isGood(nothing.line, nothing.nowMs, 60_000)).toBe(false);
  });

  test("is good after a whole minute of it, one slip forgiven, and no sooner", () => {
    const minute = line(...Array.from({ length: 30 }, (_, at) => (at === 7 ? 0.2 : 0)));
    expect(isGood(minute.line, minute.nowMs, 60_000)).toBe(true);
    const short = line(...Array.from({ length: 20 }, () => 0));
    expect(isGood(short.line, short.nowMs, 60_000)).toBe(false);
    const fair = line(...Array.from({ length: 30 }, () => 0.05));
    expect(isGood(fair.line, fair.nowMs, 60_000)).toBe(false);
  });

  test("is clean when nothing was bad in that time", () => {
    const { line: samples, nowMs } = line(0.5, 0, 0, 0);
    expect(isClean(samples, nowMs, 6_000)).toBe(true);
    expect(isClean(samples, nowMs, 8_000)).toBe(false);
  });

  test("keeps no sample for longer than it is told to", () => {
    const samples = line(0, 0, 0).line;
    const newest = { atMs: 60_000, roundTripMs: 10, lossFraction: 0 };
    expect(addSample(samples, newest, 56_000)).toEqual([samples[2], newest]);
  });
});
