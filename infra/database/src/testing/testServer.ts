import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A program that serves, of a test's own: the test may treat it as badly as it likes. */
export interface TestServer {
  /** Of its latest life. */
  pid(): number;
  /** What all of its lives have printed. */
  output(): string;
  /** Ends this life, if it has not ended; resolves with the exit code, null after SIGKILL. */
  end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
  /** Answers nobody, and keeps its connections. */
  pause(): void;
  resume(): void;
  /** Another life, by the same command. */
  start(): Promise<void>;
}

/** How it is run, and how one sees that it serves. */
export interface TestServerPlan {
  /** What people call it. */
  readonly title: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Of the process; without them as ours are. */
  readonly options?: {
    readonly cwd?: string;
    readonly env?: NodeJS.ProcessEnv;
    /** The name that it is called by, of programs that go by that. */
    readonly argv0?: string;
  };
  /** Never rejects. */
  readonly isReady: () => Promise<boolean>;
  readonly readyWithinMs?: number;
}

/**
 * Starts it; it serves when this resolves.
 *
 * @throws Error with all that it printed when it ends before, or takes too long
 */
export async function startTestServer(plan: TestServerPlan): Promise<TestServer> {
  let output = "";
  const launch = (): ChildProcess => {
    const started = spawn(plan.command, plan.args, {
      ...plan.options,
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => (output += text));
    }
    // A program that cannot be run has no pid.
    started.once("error", (error) => (output += error.message));
    return started;
  };
  let child = launch();
  const ready = () => becomesReady(child, plan, () => output);
  await ready();
  return {
    pid: () => child.pid ?? 0,
    output: () => output,
    async end(signal) {
      if (hasEnded(child)) return child.exitCode;
      const exit = once(child, "exit");
      child.kill(signal);
      await exit;
      return child.exitCode;
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async start() {
      child = launch();
      await ready();
    },
  };
}

function hasEnded({ pid, exitCode, signalCode }: ChildProcess): boolean {
  return pid === undefined || exitCode !== null || signalCode !== null;
}

async function becomesReady(
  child: ChildProcess,
  { title, isReady, readyWithinMs = 30_000 }: TestServerPlan,
  output: () => string,
): Promise<void> {
  const deadlineMs = performance.now() + readyWithinMs;
  while (!hasEnded(child) && performance.now() < deadlineMs) {
    if (await isReady()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  throw new Error(`${title} did not become ready:\n${output()}`);
}

/** Whether a GET of this answers well. */
export async function answersWell(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => null);
  return answer?.ok === true;
}
