import { spawn } from "node:child_process";
import { access, mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildClient } from "./clientBuild.ts";
import { formatTotals, noTests, readTotals, sumTotals, type Totals } from "./testTotals.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const outputFolder = join(root, "test-output");

/**
 * Behind `npm test`: the checks first, then every test, and as the very last line the totals. What cannot
 * run on this machine counts as skipped, with the reason.
 */
async function runTests(): Promise<Totals> {
  if ((await run("npm", ["run", "--silent", "check"])) !== 0) {
    console.log("The checks failed; the tests were not run.");
    return { passed: 0, failed: 1, skipped: 0 };
  }
  await buildClient(root, (line) => console.log(line));
  await rm(outputFolder, { recursive: true, force: true });
  await mkdir(outputFolder, { recursive: true });
  // One after the other: a browser with video needs both cores for itself.
  return sumTotals([await runProject("unit"), await runEndToEnd()]);
}

async function runEndToEnd(): Promise<Totals> {
  const chromium = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  if (await exists(chromium)) return runProject("e2e");
  const skipped = await countTests("e2e");
  console.log(
    `Skipped ${skipped} end-to-end tests: no Chromium at ${chromium} (set CHROMIUM_PATH).`,
  );
  return { passed: 0, failed: 0, skipped };
}

async function runProject(project: string): Promise<Totals> {
  const file = join(outputFolder, `${project}.json`);
  const exitCode = await run("vitest", [
    "run",
    `--project=${project}`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ]);
  const report = await readFile(file, "utf8").catch(() => null);
  const totals = report === null ? noTests : readTotals(report);
  for (const line of totals.skippedTitles) console.log(`Skipped: ${line}`);
  console.log(`${project}: ${formatTotals(totals)}\n`);
  // A runner that ended badly without a failed test (a crash, an unhandled rejection) has failed all the same.
  const isCrash = exitCode !== 0 && totals.failed === 0;
  const isEmpty = totals.passed + totals.failed + totals.skipped === 0;
  return isCrash || isEmpty ? { ...totals, failed: totals.failed + 1 } : totals;
}

async function countTests(project: string): Promise<number> {
  const file = join(outputFolder, `${project}-list.json`);
  await run("vitest", ["list", `--project=${project}`, `--json=${file}`]);
  return (JSON.parse(await readFile(file, "utf8")) as unknown[]).length;
}

function run(command: string, args: readonly string[]): Promise<number | null> {
  const child = spawn(command, args, { cwd: root, stdio: "inherit" });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", resolve);
  });
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

const totals = await runTests();
console.log(formatTotals(totals));
process.exitCode = totals.failed === 0 ? 0 : 1;
