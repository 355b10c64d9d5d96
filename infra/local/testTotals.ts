import * as z from "zod";

/** What vitest's JSON reporter writes, as far as it matters here. */
const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.enum(["passed", "failed"]),
      message: z.string(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** What came out of one project's tests. */
export interface TestTotals {
  readonly passed: number;
  readonly failed: number;
  /** File, name and first words of each that failed, as far as the report tells. */
  readonly failures: readonly string[];
  /** Name and, where one is known, reason of each. */
  readonly skipped: readonly string[];
}

/**
 * Counts one run of vitest. A file that could not be run counts as a failure, and so does a run that ended
 * badly without any test to blame, or that ran no test at all.
 */
export function countTests(report: unknown, exitCode: number | null): TestTotals {
  const parsed = reportSchema.safeParse(report);
  if (!parsed.success) return { passed: 0, failed: 1, failures: [], skipped: [] };
  const files = parsed.data.testResults;
  const tests = files.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((test) => test.status === status).length;
  const failures = files.flatMap(describeFailures);
  const passed = count("passed");
  const failed = failures.length;
  const isUnexplained = failed === 0 && (exitCode !== 0 || passed === 0);
  const skipped = tests.filter(({ status }) => status !== "passed" && status !== "failed");
  return {
    passed,
    failed: isUnexplained ? 1 : failed,
    failures,
    skipped: skipped.map(({ fullName }) => fullName.trim()),
  };
}

type FileReport = z.infer<typeof reportSchema>["testResults"][number];

/** A line for each failed test of the file, or one for the file if it could not be run. */
function describeFailures(file: FileReport): string[] {
  const describe = (test: string, message = "") => {
    const [firstWords = ""] = message.split("\n");
    return `${file.name} > ${test}${firstWords === "" ? "" : `: ${firstWords}`}`;
  };
  const failed = file.assertionResults.filter(({ status }) => status === "failed");
  if (file.status === "failed" && failed.length === 0)
    return [describe("(the file)", file.message)];
  return failed.map((test) => describe(test.fullName.trim(), test.failureMessages?.[0]));
}

/** Those of several runs together. */
export function addTotals(totals: readonly TestTotals[]): TestTotals {
  const sum = (pick: (each: TestTotals) => number) =>
    totals.reduce((total, each) => total + pick(each), 0);
  return {
    passed: sum((each) => each.passed),
    failed: sum((each) => each.failed),
    failures: totals.flatMap((each) => each.failures),
    skipped: totals.flatMap((each) => each.skipped),
  };
}

/** The line that machines read: `N passed, M failed, K skipped`. */
export function totalsLine(totals: readonly TestTotals[]): string {
  const { passed, failed, skipped } = addTotals(totals);
  return `${passed} passed, ${failed} failed, ${skipped.length} skipped`;
}
