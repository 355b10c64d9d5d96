import { describe, expect, it } from "vitest";
import type { Attendee, LiveClass, Register } from "../api/api.ts";
import { registerBars, registerSpan, registerTotals, sortPeople, timeMarks } from "./timeline.ts";

const minuteMs = 60_000;
const startMs = Date.UTC(2026, 10, 20, 8, 0);
const after = (minutes: number): number => startMs + minutes * minuteMs;

function liveClass(change: Partial<LiveClass>): LiveClass {
  return {
    id: "class",
    roomId: "room",
    roomName: "Mathematics, Form 2",
    title: "Linear equations",
    code: null,
    pin: null,
    status: "ended",
    startsAtMs: startMs,
    startedAtMs: startMs,
    endedAtMs: after(40),
    endReason: "teacher",
    videoProvider: "mesh",
    recording: null,
    role: "teacher",
    teachers: [],
    ...change,
  };
}

function attendee(name: string, visits: readonly (readonly [number, number])[]): Attendee {
  return {
    participantId: name,
    name,
    role: "student",
    firstJoinedAtMs: visits[0] === undefined ? null : after(visits[0][0]),
    lastLeftAtMs: null,
    minutes: visits.reduce((sum, [from, to]) => sum + to - from, 0),
    segments: visits.map(([from, to]) => ({ fromMs: after(from), toMs: after(to) })),
    present: false,
    verdict: null,
    computed: null,
    correction: null,
  };
}

const register = (people: Attendee[], change: Partial<LiveClass> = {}): Register => ({
  liveClass: liveClass(change),
  rule: { lateAfterMinutes: 10, presentFromPercent: 75 },
  isRemoved: false,
  people,
});

describe("the register's span", () => {
  it("is the class, as long as it lasted", () => {
    expect(registerSpan(register([]), after(500))).toEqual({ fromMs: startMs, toMs: after(40) });
  });

  it("grows with a class that runs", () => {
    const running = register([], { status: "live", endedAtMs: null });
    expect(registerSpan(running, after(12))?.toMs).toBe(after(12));
  });

  it("holds those who were there before the start", () => {
    expect(registerSpan(register([attendee("Early", [[-5, 10]])]), after(50))?.fromMs).toBe(
      after(-5),
    );
  });

  it("does not exist before the class does", () => {
    const planned = register([], { status: "scheduled", startedAtMs: null, endedAtMs: null });
    expect(registerSpan(planned, startMs)).toBeNull();
  });

  it("has a length in the first second", () => {
    const running = register([], { status: "live", endedAtMs: null });
    expect(registerSpan(running, startMs)).toEqual({ fromMs: startMs, toMs: after(1) });
  });
});

describe("the register's bars", () => {
  const span = { fromMs: startMs, toMs: after(40) };

  it("stand where the visits were", () => {
    const bars = registerBars(
      attendee("Neema", [
        [0, 10],
        [20, 40],
      ]),
      span,
    );
    expect(bars).toEqual([
      { start: 0, length: 0.25 },
      { start: 0.5, length: 0.5 },
    ]);
  });

  it("are seen even for a visit of a second, at the very end too", () => {
    const bars = registerBars(attendee("Juma", [[40, 40.01]]), span);
    expect(bars[0]?.length).toBeGreaterThan(0.005);
    expect((bars[0]?.start ?? 1) + (bars[0]?.length ?? 1)).toBeLessThanOrEqual(1);
  });

  it("never leave the span", () => {
    for (const { start, length } of registerBars(attendee("Zawadi", [[-30, 90]]), span)) {
      expect(start).toBe(0);
      expect(start + length).toBe(1);
    }
  });
});

describe("the time marks", () => {
  it("stand at round minutes", () => {
    const marks = timeMarks({ fromMs: after(3), toMs: after(43) });
    expect(marks).toEqual([after(10), after(20), after(30), after(40)]);
  });

  it("are never more than six", () => {
    for (const minutes of [1, 7, 44, 61, 180, 1_000]) {
      expect(timeMarks({ fromMs: startMs, toMs: after(minutes) }).length).toBeLessThanOrEqual(6);
    }
  });
});

describe("the totals", () => {
  it("average over learners, not over teachers", () => {
    const teacher: Attendee = { ...attendee("Amina", [[0, 40]]), role: "teacher" };
    const people = [teacher, attendee("Neema", [[0, 30]]), attendee("Juma", [[0, 10]])];
    expect(registerTotals(register(people), after(60))).toEqual({
      people: 3,
      presentNow: 0,
      lengthMinutes: 40,
      averageMinutes: 20,
    });
  });

  it("do not count those who were let in and never came", () => {
    expect(registerTotals(register([attendee("Daudi", [])]), after(60)).people).toBe(0);
  });
});

describe("the order of people", () => {
  it("is teachers first, then the alphabet", () => {
    const teacher: Attendee = { ...attendee("Zuhura", [[0, 40]]), role: "teacher" };
    const people = [attendee("Neema", []), teacher, attendee("baraka", [])];
    expect(sortPeople(people, "en").map(({ name }) => name)).toEqual(["Zuhura", "baraka", "Neema"]);
  });
});
