import * as z from "zod";

/** What vitest's JSON reporter writes, as far as it matters here. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["passed", "failed"]),
      message: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

/** What came out of one project's tests. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  /** Name and, where one is known, reason of each. */
  readonly skipped: readonly string[];
}

/**
 * Counts one run of vitest. A file that could not be run counts as a failure, and so does a run that ended
 * badly without any test to blame, or that ran no test at all.
 */
export function countTests(report: unknown, exitCode: number | null): TestTotals {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, skipped: [] };
  const files = parsed.data.testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const brokenFiles = files.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  ).length;
  const passed = count("passed");
  const failed = count("failed") + brokenFiles;
  const isUnexplained = failed === 0 && (exitCode !== 0 || passed === 0);
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  return {
    passed,
    failed: isUnexplained ? 1 : failed,
    skipped: skipped.map(({ fullName }) => fullName.trim()),
  };
}

/** Those of several runs together. */
export function addTotals(totals: readonly TestTotals[]): TestTotals {
  const sum = (pick: (each: TestTotals) => number) =>
    totals.reduce((total, each) => total + pick(each), 0);
  return {
    passed: sum((each) => each.passed),
    failed: sum((each) => each.failed),
    skipped: totals.flatMap((each) => each.skipped),
  };
}

/** The line that machines read: `N passed, M failed, K skipped`. */
export function totalsLine(totals: readonly TestTotals[]): string {
  const { passed, failed, skipped } = addTotals(totals);
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}
