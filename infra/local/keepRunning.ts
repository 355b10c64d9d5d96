import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { rm } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { answersWell } from "./answersWell.ts";
import { noteProcess } from "./leftOverProcess.ts";
import { openLog, readLogEnd } from "./logFile.ts";
import { PlainError } from "./plainError.ts";

export interface Program {
  /** As the person at the terminal is told. */
  readonly name: string;
  readonly script: string;
  readonly nodeOptions?: readonly string[];
  readonly workingFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
  /** Names the process that runs; `endLeftOverProcess` reads it after a crash. */
  readonly processFile: string;
  /** Answers 2xx when the program can do its work. */
  readonly readyUrl: string;
}

export interface KeptProgram {
  /**
   * Resolves when the program can do its work for the first time.
   * @throws PlainError with the end of its log when it dies before.
   */
  readonly ready: Promise<void>;
  /** Of the process that runs now; null between two. */
  readonly pid: number | null;
  /** Asks it to end, makes it after 15 s, and does not start it again. */
  stop(): Promise<void>;
}

export interface KeepRunningEvents {
  readonly onProgress: (line: string) => void;
  /** A new process is ready in place of one that died. */
  readonly onRestarted: () => void;
}

const firstRetryMs = 200;
const maxRetryMs = 5_000;
/** Having lived this long it counts as healthy: the next death is the first of its kind. */
const healthyMs = 10_000;
const stopPatienceMs = 15_000;
const readyTimeoutMs = 60_000;
const readyPollMs = 50;
const preload = fileURLToPath(new URL("./exitWithSupervisor.ts", import.meta.url));

/** Starts a program, and from when it is ready starts it again whenever it dies. */
export function keepRunning(program: Program, events: KeepRunningEvents): KeptProgram {
  const { name, logFile } = program;
  const end = new AbortController();
  const isStopping = () => end.signal.aborted;
  let child: ChildProcess | undefined;

  const startFirst = async (): Promise<void> => {
    child = await startProcess(program);
    if (await becomesReady(program, child)) return;
    if (!isStopping()) throw new PlainError(`${name} did not start:\n${await readLogEnd(logFile)}`);
  };

  const startAgainForever = async (): Promise<void> => {
    let retryMs = firstRetryMs;
    while (child && !isStopping()) {
      const startedAtMs = Date.now();
      const how = await waitUntilEnded(child);
      if (isStopping()) return;
      if (Date.now() - startedAtMs > healthyMs) retryMs = firstRetryMs;
      events.onProgress(`${name} ended unexpectedly (${how}); starting it again …`);
      await delay(retryMs);
      retryMs = Math.min(retryMs * 2, maxRetryMs);
      child = await startProcess(program);
      if (isStopping()) return endProcess(child);
      if (!(await becomesReady(program, child))) continue;
      events.onProgress(`${name} is back.`);
      events.onRestarted();
    }
  };

  const ready = startFirst();
  ready.then(startAgainForever).catch((error: unknown) => {
    // The first start's failure is its caller's to tell; of a later one nobody else would know.
    if (!(error instanceof PlainError)) events.onProgress(`${name}: ${String(error)}`);
  });
  return {
    ready,
    get pid() {
      return child && isRunning(child) ? (child.pid ?? null) : null;
    },
    async stop() {
      end.abort();
      if (child) await endProcess(child);
      await rm(program.processFile, { force: true });
    },
  };
}

async function startProcess(program: Program): Promise<ChildProcess> {
  const log = await openLog(program.logFile);
  try {
    const child = spawn(process.execPath, nodeArguments(program), {
      cwd: program.workingFolder,
      env: program.environment,
      // A group of its own: Ctrl-C reaches the supervisor only, which stops things in the right order.
      detached: true,
      // Nothing is said on the pipe; what matters is that it closes when we die.
      stdio: ["ignore", log.fd, log.fd, "ipc"],
    });
    child.on("error", () => undefined);
    if (child.pid !== undefined) await noteProcess(program.processFile, child.pid);
    return child;
  } finally {
    await log.close();
  }
}

function nodeArguments({ nodeOptions = [], script }: Program): string[] {
  return [...nodeOptions, "--import", preload, script];
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

async function waitUntilEnded(child: ChildProcess): Promise<string> {
  if (isRunning(child)) await once(child, "exit");
  return child.signalCode ?? `exit code ${String(child.exitCode)}`;
}

async function becomesReady(program: Program, child: ChildProcess): Promise<boolean> {
  const deadlineMs = Date.now() + readyTimeoutMs;
  while (Date.now() < deadlineMs && isRunning(child)) {
    if (await answersWell(program.readyUrl)) return true;
    await delay(readyPollMs);
  }
  return false;
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), stopPatienceMs);
  await ended;
  clearTimeout(killer);
}
