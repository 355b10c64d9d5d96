import { expect, test } from "vitest";
import type { Attendee, Register } from "../api/api.ts";
import { countClass } from "./countClass.ts";

const startedAtMs = Date.UTC(2026, 0, 12, 6);

function person(participantId: string, change: Partial<Attendee> = {}): Attendee {
  return {
    participantId,
    name: participantId,
    role: "student",
    firstJoinedAtMs: null,
    lastLeftAtMs: null,
    minutes: 0,
    segments: [],
    present: false,
    verdict: null,
    computed: null,
    correction: null,
    ...change,
  };
}

const after = (minutes: number) => startedAtMs + minutes * 60_000;
const register = {
  liveClass: { startedAtMs },
  rule: { lateAfterMinutes: 10, presentFromPercent: 75 },
  people: [
    person("amina", { role: "teacher", firstJoinedAtMs: after(0), present: true }),
    person("baraka", { firstJoinedAtMs: after(10), present: true }),
    person("juma", { firstJoinedAtMs: after(11) }),
    person("neema"),
    person("mgeni", { role: "guest", firstJoinedAtMs: after(20), present: true }),
  ],
} as unknown as Register;

test("students are counted, against all who were to come, and who came after the grace is late", () => {
  expect(countClass(register, () => undefined)).toEqual({ expected: 3, here: 1, late: 1 });
});

test("who is here the gateway knows before the register does", () => {
  const here = new Set(["neema", "juma", "mgeni"]);
  expect(countClass(register, (id) => here.has(id))).toMatchObject({ expected: 3, here: 2 });
});
