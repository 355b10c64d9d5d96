import { describe, expect, it } from "vitest";
import type { LiveClass } from "../api/api.ts";
import { groupClasses, startOfDay } from "./groupClasses.ts";

const nowMs = new Date(2026, 10, 20, 11, 30).getTime();
const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();

function liveClass(id: string, change: Partial<LiveClass>): LiveClass {
  return {
    id,
    roomId: "room",
    roomName: "Mathematics, Form 2",
    title: id,
    code: null,
    pin: null,
    status: "scheduled",
    startsAtMs: nowMs,
    startedAtMs: null,
    endedAtMs: null,
    endReason: null,
    videoProvider: "mesh",
    recording: null,
    role: "student",
    teachers: [],
    ...change,
  };
}

const ids = (classes: readonly LiveClass[]): string[] => classes.map(({ id }) => id);

describe("groupClasses", () => {
  it("puts the day in the order of its hours", () => {
    const { today } = groupClasses(
      [
        liveClass("afternoon", { startsAtMs: at(20, 14) }),
        liveClass("morning", { startsAtMs: at(20, 8), status: "ended", startedAtMs: at(20, 8) }),
      ],
      nowMs,
    );
    expect(ids(today)).toEqual(["morning", "afternoon"]);
  });

  it("counts a class by when it really started", () => {
    const started = { status: "live" as const, startsAtMs: at(20, 9), startedAtMs: at(20, 10) };
    const { today } = groupClasses(
      [liveClass("late", started), liveClass("half past", { startsAtMs: at(20, 9) + 1_800_000 })],
      nowMs,
    );
    expect(ids(today)).toEqual(["half past", "late"]);
  });

  it("shows a class that runs since yesterday", () => {
    const groups = groupClasses(
      [liveClass("night", { status: "live", startedAtMs: at(19, 22) })],
      nowMs,
    );
    expect(ids(groups.running)).toEqual(["night"]);
    expect(ids(groups.today)).toEqual(["night"]);
  });

  it("leaves yesterday's out and keeps tomorrow's apart", () => {
    const groups = groupClasses(
      [
        liveClass("yesterday", { status: "ended", startsAtMs: at(19, 9) }),
        liveClass("tomorrow", { startsAtMs: at(21, 9) }),
      ],
      nowMs,
    );
    expect(groups.today).toEqual([]);
    expect(ids(groups.later)).toEqual(["tomorrow"]);
  });
});

describe("startOfDay", () => {
  it("is the next midnight, also at the end of a month", () => {
    expect(startOfDay(new Date(2026, 10, 30, 23).getTime(), 1)).toBe(
      new Date(2026, 11, 1).getTime(),
    );
  });
});
