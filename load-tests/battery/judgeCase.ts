import type { BatteryCase, LongProof, TestProof } from "./cases.ts";

/** One test as vitest reports it. */
export interface RunTest {
  readonly file: string;
  readonly title: string;
  readonly status: string;
}

/** What is known of one case after the run. */
export interface Verdict {
  readonly id: string;
  readonly what: string;
  readonly result: "passed" | "FAILED" | "skipped" | "no test yet" | "long form only";
  /** What did not pass, by name. */
  readonly failed: readonly string[];
  /** How many tests and runs stand behind it. */
  readonly count: number;
}

/** Brings tests and long runs (null: none were made) to one case. A proof that names no test fails. */
export function judgeCase(
  { id, what, proofs }: BatteryCase,
  tests: readonly RunTest[],
  longRuns: ReadonlyMap<string, boolean> | null,
): Verdict {
  const outcomes = proofs.flatMap((proof) =>
    isLong(proof) ? longOutcome(proof, longRuns) : testOutcomes(proof, tests),
  );
  const failed = outcomes.filter(({ status }) => status === "failed").map(({ name }) => name);
  const ran = outcomes.filter(({ status }) => status !== "skipped");
  const verdict = { id, what, failed, count: ran.length };
  if (proofs.length === 0) return { ...verdict, result: "no test yet" };
  if (failed.length > 0) return { ...verdict, result: "FAILED" };
  if (ran.length > 0) return { ...verdict, result: "passed" };
  return { ...verdict, result: outcomes.length === 0 ? "long form only" : "skipped" };
}

export function isLong(proof: TestProof | LongProof): proof is LongProof {
  return "command" in proof;
}

interface Outcome {
  readonly name: string;
  readonly status: "passed" | "failed" | "skipped";
}

function longOutcome({ command }: LongProof, runs: ReadonlyMap<string, boolean> | null): Outcome[] {
  if (runs === null) return [];
  const name = command.join(" ");
  return [{ name: `npm run ${name}`, status: runs.get(name) === true ? "passed" : "failed" }];
}

function testOutcomes({ file, title }: TestProof, tests: readonly RunTest[]): Outcome[] {
  const found = tests.filter((each) => each.file.endsWith(file) && each.title.includes(title));
  if (found.length === 0) {
    const skipped = tests.some((each) => each.file.endsWith(file) && each.status === "skipped");
    return [{ name: `${file}: no test "${title}"`, status: skipped ? "skipped" : "failed" }];
  }
  return found.map(({ title: name, status }) => ({
    name,
    status: status === "passed" ? "passed" : status === "failed" ? "failed" : "skipped",
  }));
}
