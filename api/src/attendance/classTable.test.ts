import { strFromU8, unzipSync } from "fflate";
import { expect, test } from "vitest";
import { encodeTable } from "../csv/encodeTable.ts";
import { encodeXlsx } from "../csv/encodeXlsx.ts";
import { classTable } from "./classTable.ts";
import type { Register } from "./register.ts";
import { tableWords } from "./tableWords.ts";

const joinedAtMs = Date.UTC(2026, 0, 31, 5, 5, 0);

function register(names: readonly string[]): Register {
  return {
    liveClass: {} as Register["liveClass"],
    isRemoved: false,
    rule: { lateAfterMinutes: 10, presentFromPercent: 75 },
    people: names.map((name) => ({
      participantId: "p",
      name,
      role: "guest",
      firstJoinedAtMs: joinedAtMs,
      lastLeftAtMs: null,
      minutes: 12.3,
      segments: [],
      present: true,
      verdict: "excused",
      computed: "left_early",
      correction: { verdict: "excused", reason: "=ill()", by: "Amina Juma", atMs: joinedAtMs },
    })),
  };
}

const linesOf = (csv: string) => csv.slice(1).split("\r\n");

test("is a table with a byte order mark, a header and local times", () => {
  const csv = encodeTable(classTable(register(["Asha"]), tableWords.en), "Africa/Dar_es_Salaam");
  expect(csv.startsWith("\uFEFF")).toBe(true);
  expect(linesOf(csv)).toEqual([
    '"Name","Role","First joined","Last left","Minutes","Present now","Verdict","Computed","Reason of correction","Corrected by","Corrected at"',
    `"Asha","guest","2026-01-31 08:05:00","","12.3","yes","excused","left early","'=ill()","Amina Juma","2026-01-31 08:05:00"`,
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
  const [, line] = linesOf(encodeTable(classTable(register([name]), tableWords.en), "UTC"));
  expect(line?.startsWith(`${field},"guest"`)).toBe(true);
});

test("the workbook has the same, numbers and local times as such, and no formula", async () => {
  const names = ["=1+1", "<Asha> & \u0001Ali 👩‍🏫"];
  const bytes = await encodeXlsx(
    [classTable(register(names), tableWords.en)],
    "Africa/Dar_es_Salaam",
  );
  const files = unzipSync(bytes);
  const read = (name: string) => strFromU8(files[name] ?? new Uint8Array());
  const sheet = read("xl/worksheets/sheet1.xml");
  expect(read("xl/workbook.xml")).toContain('name="Register"');
  expect(sheet).not.toContain("<f>");
  const texts = sheet + read("xl/sharedStrings.xml");
  expect(texts).toContain("=1+1");
  expect(texts).toContain("&lt;Asha&gt; &amp; ");
  expect(texts).toContain("👩‍🏫");
  expect(texts).not.toContain("\u0001");
  expect(sheet).toContain("<v>12.3</v>");
  // Days since 1899-12-30, ECMA-376 §18.17.4.1: 31 January 2026, 08:05 on the wall.
  expect(sheet).toContain(`<v>${46_053 + (8 * 60 + 5) / 1_440}</v>`);
});
