/** How many tests there were of each kind. */
export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What one run of vitest came to. */
export interface ProjectTotals extends Totals {
  /** The full names of what was skipped. */
  readonly skippedTitles: readonly string[];
}

/** Of a run that left no report. */
export const noTests: ProjectTotals = { passed: 0, failed: 0, skipped: 0, skippedTitles: [] };

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

/** Counts vitest's JSON report; a file that failed before its tests could be collected counts as one failure. */
export function readTotals(report: string): ProjectTotals {
  const { testResults } = JSON.parse(report) as VitestReport;
  const tests = testResults.flatMap((file) => file.assertionResults);
  const count = (status: string) => tests.filter((each) => each.status === status).length;
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) =>
      status === "failed" && !assertionResults.some((each) => each.status === "failed"),
  ).length;
  const passed = count("passed");
  const failed = count("failed");
  return {
    passed,
    failed: failed + brokenFiles,
    skipped: tests.length - passed - failed,
    skippedTitles: tests
      .filter(({ status }) => status !== "passed" && status !== "failed")
      .map(({ fullName }) => fullName),
  };
}

/** The totals of several runs. */
export function sumTotals(all: readonly Totals[]): Totals {
  const sum = (pick: (totals: Totals) => number) => all.reduce((n, each) => n + pick(each), 0);
  return {
    passed: sum(({ passed }) => passed),
    failed: sum(({ failed }) => failed),
    skipped: sum(({ skipped }) => skipped),
  };
}

/** The line that a run ends with. */
export function formatTotals({ passed, failed, skipped }: Totals): string {
  return `${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped`;
}
