import { expect, test } from "vitest";
import { encodeAttendanceCsv } from "./encodeAttendanceCsv.ts";
import type { Register } from "./register.ts";

function register(names: readonly string[]): Register {
  return {
    liveClass: {} as Register["liveClass"],
    isRemoved: false,
    rule: { lateAfterMinutes: 10, presentFromPercent: 75 },
    people: names.map((name) => ({
      participantId: "p",
      name,
      role: "guest",
      firstJoinedAtMs: Date.UTC(2026, 0, 31, 5, 5, 0),
      lastLeftAtMs: null,
      minutes: 12.25,
      segments: [],
      present: true,
      verdict: "left_early",
    })),
  };
}

const linesOf = (csv: string) => csv.slice(1).split("\r\n");

test("is a table with a byte order mark, a header and local times", () => {
  const csv = encodeAttendanceCsv(register(["Asha"]), "Africa/Dar_es_Salaam");
  expect(csv.startsWith("\uFEFF")).toBe(true);
  expect(linesOf(csv)).toEqual([
    '"Name","Role","First joined","Last left","Minutes","Present now","Verdict"',
    '"Asha","guest","2026-01-31 08:05:00","","12.3","yes","left early"',
    "",
  ]);
});

test.each([
  ["=1+1", `"'=1+1"`],
  ["+255 700", `"'+255 700"`],
  ["-2", `"'-2"`],
  ["@SUM(A1)", `"'@SUM(A1)"`],
  ["\tx", `"'\tx"`],
  ["\rx", `"'\rx"`],
  ['Asha "Doc" Ali', '"Asha ""Doc"" Ali"'],
  ["Ali, Hassan", '"Ali, Hassan"'],
  ["A=B", '"A=B"'],
  ["Mwanaïsha 👩‍🏫", '"Mwanaïsha 👩‍🏫"'],
])("the name %j is written %s", (name, field) => {
  const [, line] = linesOf(encodeAttendanceCsv(register([name]), "UTC"));
  expect(line?.startsWith(`${field},"guest"`)).toBe(true);
});
