import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { startEchoRoute } from "./echoRoute.ts";

const suite = "autobahntestsuite==0.8.2";
const maker = "virtualenv==20.15.1";
const folder = join(homedir(), ".cache", "darasa", "autobahn-0.8.2");
/** Frames, pings, opcodes, fragments, UTF-8, closes, limits and many messages; 12 and 13 are compression, which is off. */
const cases = ["1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*", "9.*", "10.*"];

/** What the suite said, or why it was not run. */
export type AutobahnOutcome =
  | { readonly skipped: string }
  | {
      /** How many cases behaved how: OK, NON-STRICT, INFORMATIONAL … */
      readonly counts: ReadonlyMap<string, number>;
      readonly failed: readonly string[];
    };

/** Runs its cases against an echo on the options of `/ws`. The suite wants Python 2.7, and is installed once for it. */
export async function runAutobahn(say: (line: string) => void): Promise<AutobahnOutcome> {
  const fault = await installSuite(say);
  if (fault !== null) return { skipped: fault };
  const echo = await startEchoRoute();
  const reports = await mkdtemp(join(tmpdir(), "darasa-autobahn-"));
  try {
    const plan = join(reports, "plan.json");
    await writeFile(
      plan,
      JSON.stringify({
        outdir: reports,
        servers: [{ agent: "darasa", url: `ws://127.0.0.1:${echo.port}/ws` }],
        cases,
        "exclude-cases": [],
        "exclude-agent-cases": {},
      }),
    );
    say("Running the Autobahn test suite (half a minute or so) …");
    const run = await runProgram(join(folder, "bin", "wstest"), [
      "-m",
      "fuzzingclient",
      "-s",
      plan,
    ]);
    if (run.exitCode !== 0) return { skipped: `wstest failed: ${run.said}` };
    return readReport(await readFile(join(reports, "index.json"), "utf8"));
  } finally {
    await echo.stop();
    await rm(reports, { recursive: true, force: true });
  }
}

function readReport(text: string): AutobahnOutcome {
  const { darasa = {} } = JSON.parse(text) as {
    darasa?: Record<string, { behavior: string; behaviorClose: string }>;
  };
  const counts = new Map<string, number>();
  for (const { behavior } of Object.values(darasa)) {
    counts.set(behavior, (counts.get(behavior) ?? 0) + 1);
  }
  const failed = Object.entries(darasa)
    .filter(([, each]) => [each.behavior, each.behaviorClose].some((how) => !isFine(how)))
    .map(([name, { behavior, behaviorClose }]) => `${name}: ${behavior}, close ${behaviorClose}`);
  return { counts, failed: counts.size === 0 ? ["the report is empty"] : failed };
}

function isFine(how: string): boolean {
  return ["OK", "NON-STRICT", "INFORMATIONAL"].includes(how);
}

/** @returns what stands in the way, or null when the suite is there */
async function installSuite(say: (line: string) => void): Promise<string | null> {
  if (existsSync(join(folder, "bin", "wstest"))) return null;
  const python = await findPython();
  if (python === null)
    return "there is no Python 2.7 (pyenv install 2.7.18), which its suite wants";
  say(`Installing ${suite} for Python 2.7 (a minute or so; once) …`);
  await mkdir(join(folder, ".."), { recursive: true });
  const scratch = await mkdtemp(`${folder}-making-`);
  const environment = { PYTHONUSERBASE: scratch };
  const steps: [string, string[]][] = [
    [python, ["-m", "pip", "install", "--quiet", "--user", maker]],
    [python, ["-m", "virtualenv", "--quiet", join(scratch, "suite")]],
    [join(scratch, "suite", "bin", "pip"), ["install", "--quiet", suite]],
  ];
  try {
    for (const [program, options] of steps) {
      const { exitCode, said } = await runProgram(program, options, environment);
      if (exitCode !== 0) return `${suite} could not be installed: ${said}`;
    }
    await rename(join(scratch, "suite"), folder);
    // Scripts name their Python by its whole path, which was another one.
    const script = join(folder, "bin", "wstest");
    const text = await readFile(script, "utf8");
    await writeFile(script, text.replace(/^#!.*/, `#!${join(folder, "bin", "python")}`));
    return null;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function findPython(): Promise<string | null> {
  const versions = join(homedir(), ".pyenv", "versions", "2.7.18", "bin", "python2.7");
  for (const program of ["python2.7", versions]) {
    const { exitCode } = await runProgram(program, ["-m", "pip", "--version"]);
    if (exitCode === 0) return program;
  }
  return null;
}

async function runProgram(
  program: string,
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly exitCode: number | null; readonly said: string }> {
  const child = spawn(program, options, {
    cwd: tmpdir(),
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const [exitCode] = (await once(child, "close").catch(() => [null])) as [number | null];
  return { exitCode, said: said.trim().split("\n").at(-1) ?? "" };
}
