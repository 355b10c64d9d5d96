import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A program that listens. */
export interface Launched {
  readonly pid: number;
  readonly port: number;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

export interface LaunchPlan {
  readonly cores: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly folder?: string;
  /** Beside the path: nothing else of ours reaches it. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The name that it is called by, of programs that go by that. */
  readonly calledAs?: string;
  /** What it prints once it listens, its port in brackets when that is not known before. */
  readonly ready: RegExp | (() => Promise<boolean>);
  /** Left out: it says so itself. */
  readonly port?: number;
}

const patienceMs = 60_000;

/**
 * Starts it on these cores and waits until it listens.
 *
 * @throws Error with all that it printed when it does not
 */
export async function launch(plan: LaunchPlan): Promise<Launched> {
  const { cores, command, args, folder, environment, calledAs } = plan;
  const pinned =
    calledAs === undefined ? [command] : ["bash", "-c", 'exec -a "$0" "$@"', calledAs, command];
  const child = spawn("taskset", ["-c", cores, ...pinned, ...args], {
    cwd: folder,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const port = await becomesReady(child, plan, () => output);
  return {
    // taskset becomes the program.
    pid: child.pid ?? 0,
    port,
    output: () => output,
    stop: () => stop(child),
  };
}

async function becomesReady(
  child: ChildProcess,
  { ready, port: known }: LaunchPlan,
  output: () => string,
): Promise<number> {
  const deadlineMs = performance.now() + patienceMs;
  let failure = "";
  child.once("error", (error) => (failure = error.message));
  while (performance.now() < deadlineMs && child.exitCode === null && failure.length === 0) {
    if (!(ready instanceof RegExp)) {
      if (known !== undefined && (await ready())) return known;
    } else {
      const said = ready.exec(output());
      if (said !== null) return known ?? Number(said[1]);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  throw new Error(`${child.spawnargs.join(" ")} did not listen:\n${failure}${output()}`);
}

/** Asks it to end, and makes it end when it does not. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 1_500);
  await exit;
  clearTimeout(timer);
}
