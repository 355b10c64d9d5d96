import { describe, expect, it } from "vitest";
import { countTests, totalsLine } from "./testTotals.ts";

const file = (status: "passed" | "failed", ...tests: string[]) => ({
  name: "a.test.ts",
  status,
  message: "",
  assertionResults: tests.map((each, index) => ({ fullName: ` test ${index}`, status: each })),
});

describe("countTests", () => {
  it("counts what passed, failed and was skipped", () => {
    const report = {
      testResults: [
        file("failed", "passed", "failed"),
        file("passed", "passed", "skipped", "todo"),
      ],
    };
    expect(countTests(report, 1)).toEqual({ passed: 2, failed: 1, skipped: ["test 1", "test 2"] });
  });

  it("counts a file that could not be run as a failure", () => {
    expect(
      countTests({ testResults: [file("failed"), file("passed", "passed")] }, 1),
    ).toMatchObject({ passed: 1, failed: 1 });
  });

  it("counts a file whose set-up failed as a failure, though its tests were only skipped", () => {
    const report = { testResults: [file("failed", "skipped", "skipped")] };
    expect(countTests(report, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it.each([
    ["no report was written", null, 1],
    ["the report is not one", { oops: true }, 0],
    ["no test was run", { testResults: [] }, 0],
    [
      "the runner ended badly after all tests passed",
      { testResults: [file("passed", "passed")] },
      1,
    ],
    ["the runner was killed", { testResults: [file("passed", "passed")] }, null],
  ])("fails when %s", (_why, report, exitCode) => {
    expect(countTests(report, exitCode).failed).toBe(1);
  });
});

it("totalsLine sums projects into the line that machines read", () => {
  const line = totalsLine([
    { passed: 3, failed: 0, skipped: ["a"] },
    { passed: 2, failed: 1, skipped: [] },
  ]);
  expect(line).toBe("5 passed, 1 failed, 1 skipped");
});
