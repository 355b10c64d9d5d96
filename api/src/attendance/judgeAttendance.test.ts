import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Segment } from "./computeAttendance.ts";
import { judgeAttendance, type Verdict } from "./judgeAttendance.ts";

const minuteMs = 60_000;
const startedAtMs = 1_700_000_000_000;
const rule = { lateAfterMinutes: 10, presentFromPercent: 75 };
/** A class of an hour. */
const hour = { startedAtMs, endedAtMs: startedAtMs + 60 * minuteMs };

function segment(fromMinute: number, toMinute: number): Segment {
  const at = (minute: number) => startedAtMs + minute * minuteMs;
  return { fromMs: at(fromMinute), toMs: at(toMinute) };
}

const judge = (segments: readonly Segment[], time = hour, its = rule) =>
  judgeAttendance({ segments }, time, { rule: its, nowMs: hour.endedAtMs });

describe("two questions make the verdict", () => {
  test.each<[string, Segment[], Verdict]>([
    ["there all the time", [segment(0, 60)], "present"],
    ["in time at the last moment", [segment(10, 60)], "present"],
    ["a moment later", [segment(10.01, 60)], "late"],
    ["there for just enough", [segment(0, 45)], "present"],
    ["gone before it was enough", [segment(0, 44)], "left_early"],
    ["away in the middle for too long", [segment(0, 10), segment(40, 60)], "left_early"],
    ["away in the middle, and there for enough", [segment(0, 20), segment(30, 60)], "present"],
    ["only for the end", [segment(55, 60)], "absent"],
    ["never", [], "absent"],
  ])("%s", (_, segments, verdict) => expect(judge(segments)).toBe(verdict));

  test("a reload is no absence, even where all of the class counts", () => {
    const strict = { lateAfterMinutes: 0, presentFromPercent: 100 };
    expect(judge([segment(0, 59.5)], hour, strict)).toBe("present");
    expect(judge([segment(0, 58)], hour, strict)).toBe("left_early");
  });

  test("a class that has not begun has no verdict, and one that runs is judged as if it ended now", () => {
    expect(
      judgeAttendance({ segments: [] }, { startedAtMs: null, endedAtMs: null }, { rule, nowMs: 0 }),
    ).toBeNull();
    const runs = { startedAtMs, endedAtMs: null };
    const at = (minute: number) => ({ rule, nowMs: startedAtMs + minute * minuteMs });
    expect(judgeAttendance({ segments: [segment(0, 20)] }, runs, at(20))).toBe("present");
    expect(judgeAttendance({ segments: [segment(0, 20)] }, runs, at(40))).toBe("left_early");
  });
});

describe("whatever the class and the rule", () => {
  const minutes = fc.integer({ min: 1, max: 240 });
  const worlds = fc.record({
    lengthMinutes: minutes,
    lateAfterMinutes: fc.integer({ min: 0, max: 240 }),
    presentFromPercent: fc.integer({ min: 1, max: 100 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    to: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  const rank = { absent: 0, late: 1, left_early: 1, present: 2 } as const;

  function judgeWorld({
    lengthMinutes,
    from,
    to,
    ...its
  }: {
    readonly lengthMinutes: number;
    readonly from: number;
    readonly to: number;
    readonly lateAfterMinutes: number;
    readonly presentFromPercent: number;
  }) {
    const time = { startedAtMs, endedAtMs: startedAtMs + lengthMinutes * minuteMs };
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const segments = first < last ? [segment(first * lengthMinutes, last * lengthMinutes)] : [];
    return judge(segments, time, its) ?? "absent";
  }

  test("who was there all the time is present", () => {
    fc.assert(
      fc.property(worlds, (world) => judgeWorld({ ...world, from: 0, to: 1 }) === "present"),
    );
  });

  test("to come earlier or to stay longer makes no verdict worse", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0, max: 1, noNaN: true }), (world, share) => {
        const [first, last] = [Math.min(world.from, world.to), Math.max(world.from, world.to)];
        const before = rank[judgeWorld(world)];
        expect(
          rank[judgeWorld({ ...world, from: first * share, to: last })],
        ).toBeGreaterThanOrEqual(before);
        const longer = last + (1 - last) * share;
        expect(rank[judgeWorld({ ...world, from: first, to: longer })]).toBeGreaterThanOrEqual(
          before,
        );
      }),
    );
  });

  test("a milder rule makes no verdict worse", () => {
    fc.assert(
      fc.property(worlds, fc.double({ min: 0, max: 1, noNaN: true }), (world, share) => {
        const milder = {
          ...world,
          lateAfterMinutes: world.lateAfterMinutes + 10 * share,
          presentFromPercent: world.presentFromPercent * share,
        };
        expect(rank[judgeWorld(milder)]).toBeGreaterThanOrEqual(rank[judgeWorld(world)]);
      }),
    );
  });
});
