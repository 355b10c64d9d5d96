import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { buildClient } from "./clientBuild.ts";
import { findJourneyLanes } from "./journeyLanes.ts";
import { addTotals, countTests, totalsLine, type TestTotals } from "./testTotals.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const vitest = join(
  dirname(createRequire(import.meta.url).resolve("vitest/package.json")),
  "vitest.mjs",
);
const chromiumSchema = z.union([z.object({ path: z.string() }), z.object({ missing: z.string() })]);

interface Part {
  readonly name: string;
  readonly totals: TestTotals;
  /** Why all of it was skipped. */
  readonly reason?: string;
}

const runFailed: TestTotals = { passed: 0, failed: 1, failures: [], skipped: [] };

const parts: Part[] = [];
try {
  await runParts();
} catch (error) {
  console.error(error);
  parts.push({ name: "the run itself", totals: runFailed });
}
// The totals are the last line, whatever the programs before still had to say.
console.log(describeParts());
const line = totalsLine(parts.map(({ totals }) => totals));
console.log(line);
process.exitCode = parts.some(({ totals }) => totals.failed > 0) ? 1 : 0;

async function runParts(): Promise<void> {
  const checked = check();
  await buildClient(root, console.log);
  const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
  const chromium = await readChromium();
  for (const name of names.length > 0 ? names : ["unit", "e2e"]) {
    // Browsers want the machine for themselves.
    if (name === "e2e") await checked;
    if (name === "e2e" && "missing" in chromium) {
      parts.push({ name, totals: await skipAll(name), reason: chromium.missing });
    } else {
      const environment = "path" in chromium ? { CHROMIUM_PATH: chromium.path } : {};
      const run = { name, environment };
      const totals = name === "e2e" ? await runJourneys(run) : await runProject(run);
      parts.push({ name, totals });
    }
  }
  await checked;
}

/** Looks at the sources beside the tests, and not after them: lint, which uses one core, is what all cores would wait for. */
async function check(): Promise<void> {
  if ((await run("npm", ["run", "--silent", "check"])) === 0) return;
  parts.push({
    name: "check (format, lint, arrows, types)",
    totals: runFailed,
  });
}

interface ProjectRun {
  readonly name: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Only these of its files; all when there are none. */
  readonly files?: readonly string[];
}

/** Lane beside lane. */
async function runJourneys(run: ProjectRun): Promise<TestTotals> {
  const lanes = await findJourneyLanes(root);
  return addTotals(await Promise.all(lanes.map((files) => runProject({ ...run, files }))));
}

async function runProject({ name, environment, files = [] }: ProjectRun): Promise<TestTotals> {
  const [first = name] = files.map((file) => basename(file, ".test.ts"));
  const report = join(root, "test-output", `${first}.json`);
  await rm(report, { force: true });
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const exitCode = await run(
    process.execPath,
    [vitest, "run", "--project", name, ...reporters, ...files],
    { environment },
  );
  return countTests(await readJson(report), exitCode);
}

/** Every test of the project by name, run by nobody. */
async function skipAll(name: string): Promise<TestTotals> {
  const list = join(root, "test-output", `${name}-list.json`);
  await rm(list, { force: true });
  await run(process.execPath, [vitest, "list", "--project", name, `--json=${list}`]);
  const tests = z.array(z.object({ name: z.string() })).safeParse(await readJson(list));
  const skipped = tests.success ? tests.data.map((test) => test.name) : [`all of ${name}`];
  return { passed: 0, failed: 0, failures: [], skipped };
}

/** What setup.mjs found. */
async function readChromium(): Promise<z.infer<typeof chromiumSchema>> {
  const found = chromiumSchema.safeParse(await readJson(join(root, ".darasa", "chromium.json")));
  return found.success ? found.data : { missing: "infra/local/setup.mjs --tests has not run" };
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return null;
  }
}

async function run(
  program: string,
  options: readonly string[],
  { environment = {} }: { environment?: NodeJS.ProcessEnv } = {},
): Promise<number | null> {
  const child = spawn(program, options, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode;
}

function describeParts(): string {
  const lines = parts.flatMap(({ name, totals, reason }) => [
    `${name}: ${totalsLine([totals])}`,
    ...totals.failures.map((test) => `  failed: ${test.replace(root, "")}`),
    ...(reason === undefined
      ? totals.skipped.map((test) => `  skipped: ${test}`)
      : [`  skipped, because ${reason}`]),
  ]);
  return ["", ...lines].join("\n");
}
