import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { batteryCases } from "./cases.ts";
import { isLong, judgeCase, type RunTest, type Verdict } from "./judgeCase.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const isLongForm = process.env["BATTERY"] === "long";
const chosen = process.argv.slice(2);
const cases = batteryCases.filter(
  ({ id }) => chosen.length === 0 || chosen.some((start) => id.startsWith(start)),
);

/** Every file that a case names, in one run. */
async function runTests(): Promise<RunTest[]> {
  const files = cases.flatMap(({ proofs }) =>
    proofs.flatMap((proof) => (isLong(proof) ? [] : [proof.file])),
  );
  if (files.length === 0) return [];
  const folder = await mkdtemp(join(tmpdir(), "darasa-battery-"));
  try {
    const report = join(folder, "report.json");
    const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
    const options = ["run", "--project", "unit", ...reporters, ...new Set(files)];
    await run(process.execPath, [vitest, ...options]);
    return readTests(JSON.parse(await readFile(report, "utf8")) as VitestReport);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
  }[];
}

function readTests({ testResults }: VitestReport): RunTest[] {
  return testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map(({ fullName, status }) => ({ file: name, title: fullName, status })),
  );
}

/** One after the other: each wants the machine for itself. */
async function runLong(): Promise<Map<string, boolean>> {
  const commands = cases.flatMap(({ proofs }) => proofs.filter(isLong).map((each) => each.command));
  const runs = new Map<string, boolean>();
  for (const [script, ...options] of commands) {
    const name = [script, ...options].join(" ");
    if (runs.has(name)) continue;
    console.log(`\nnpm run ${name}`);
    const exitCode = await run(process.execPath, [
      join(root, "load-tests", script, "main.ts"),
      ...options,
    ]);
    runs.set(name, exitCode === 0);
  }
  return runs;
}

async function run(program: string, options: readonly string[]): Promise<number | null> {
  const child = spawn(program, options, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode;
}

function describe({ id, what, result, count, failed }: Verdict): string {
  const line = `${id.padEnd(4)} ${result.padEnd(15)} ${String(count).padStart(3)}  ${what}`;
  return [line, ...failed.map((name) => `       failed: ${name}`)].join("\n");
}

const tests = await runTests();
const longRuns = isLongForm ? await runLong() : null;
const verdicts = cases.map((each) => judgeCase(each, tests, longRuns));
console.log(
  `\nThe battery${isLongForm ? "" : ", short form (BATTERY=long npm run battery for all)"}`,
);
console.log(`case result        tests  what\n${verdicts.map(describe).join("\n")}`);
const count = (result: Verdict["result"]) =>
  verdicts.filter((verdict) => verdict.result === result).length;
console.log(
  `\n${count("passed")} passed, ${count("FAILED")} failed, ${count("skipped")} skipped, ` +
    `${count("long form only")} in the long form only, ${count("no test yet")} without a test`,
);
process.exit(count("FAILED") === 0 ? 0 : 1);
