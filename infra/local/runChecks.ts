import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folders = ["api", "client", "infra", "jitsi", "load-tests", "realtime"];

/** One look at the sources: its name and the program of `node_modules/.bin` with its options. */
interface Check {
  readonly name: string;
  readonly program: string;
  readonly options: readonly string[];
}

/** Lint takes as long as all others together: two lanes are done at about the same time. */
const lanes: readonly (readonly Check[])[] = [
  [{ name: "lint", program: "eslint", options: ["."] }],
  [
    { name: "types", program: "tsc", options: ["-b"] },
    { name: "format", program: "prettier", options: ["--check", "--log-level", "warn", "."] },
    {
      name: "arrows",
      program: "depcruise",
      options: ["--config", ".dependency-cruiser.mjs", ...folders],
    },
  ],
];

const passed = await Promise.all(lanes.map(runLane));
process.exitCode = passed.every(Boolean) ? 0 : 1;

/** One after the other, all of them: whoever mends one fault wants to know the others. */
async function runLane(checks: readonly Check[]): Promise<boolean> {
  let allPassed = true;
  for (const check of checks) allPassed = (await run(check)) && allPassed;
  return allPassed;
}

/** What it says is kept until it is done, so that two never talk at once. */
async function run({ name, program, options }: Check): Promise<boolean> {
  const child = spawn(program, options, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (said += text));
  }
  const [exitCode] = (await once(child, "close")) as [number | null];
  console.log(exitCode === 0 ? `${name}: passed` : `${name}: failed\n${said}`);
  return exitCode === 0;
}
