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
    expect(countTests(report, 1)).toEqual({
      passed: 2,
      failed: 1,
      failures: ["a.test.ts > test 1"],
      skipped: ["test 1", "test 2"],
    });
  });

  it("names what failed, and why in its first words", () => {
    const failed = {
      fullName: " a room is full",
      status: "failed",
      failureMessages: ["AssertionError: expected 1 to be 2\n    at room.test.ts:5"],
    };
    const report = {
      testResults: [
        { ...file("failed"), assertionResults: [failed] },
        { ...file("failed"), message: "SyntaxError: no\nmore" },
      ],
    };
    expect(countTests(report, 1).failures).toEqual([
      "a.test.ts > a room is full: AssertionError: expected 1 to be 2",
      "a.test.ts > (the file): SyntaxError: no",
    ]);
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
    { passed: 3, failed: 0, failures: [], skipped: ["a"] },
    { passed: 2, failed: 1, failures: ["b"], skipped: [] },
  ]);
  expect(line).toBe("5 passed, 1 failed, 1 skipped");
});
