import { expect, test } from "vitest";
import { formatTotals, readTotals, sumTotals } from "./testTotals.ts";

const report = (...files: { status: string; tests: [name: string, status: string][] }[]) =>
  JSON.stringify({
    testResults: files.map(({ status, tests }, index) => ({
      name: `file-${String(index)}`,
      status,
      assertionResults: tests.map(([fullName, each]) => ({ fullName, status: each })),
    })),
  });

test("passed, failed and skipped tests are counted, and the skipped ones named", () => {
  const text = report({
    status: "failed",
    tests: [
      ["a", "passed"],
      ["b", "failed"],
      ["c", "skipped"],
      ["d", "todo"],
    ],
  });
  expect(readTotals(text)).toEqual({
    passed: 1,
    failed: 1,
    skipped: 2,
    skippedTitles: ["c", "d"],
  });
});

test("a file that broke before any of its tests ran is a failure", () => {
  const totals = readTotals(report({ status: "failed", tests: [] }));
  expect(totals).toMatchObject({ passed: 0, failed: 1 });
});

test("several runs add up to the line that a run ends with", () => {
  const one = { passed: 2, failed: 0, skipped: 1 };
  expect(formatTotals(sumTotals([one, one]))).toBe("4 passed, 0 failed, 2 skipped");
});
