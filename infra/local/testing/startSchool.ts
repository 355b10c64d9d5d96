import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { findFreePort } from "../freePort.ts";
import { readRunningFile, type ProcessName, type Running } from "../runningFile.ts";
import { makeMemoryFolder, removeTestFolder } from "./testFolder.ts";

/** A whole Darasa as `npm start` runs it, on a free port and with a data folder of its own. */
export interface TestSchool extends Omit<Running, "processes"> {
  readonly dataFolder: string;
  /** What it printed so far. */
  readonly output: () => string;
  /** Process ids as they are now; null while one is being started again. */
  processes(): Promise<Running["processes"]>;
  /** Kills one without warning, as a crash would. */
  kill(name: ProcessName): Promise<void>;
  /** Ctrl-C; with `erase` its data goes, too. Resolves with the exit code. */
  stop(options?: { readonly erase?: boolean }): Promise<number | null>;
}

export interface StartSchoolOptions {
  /**
   * One that was stopped before, or one on disk for what is measured; default a new one, in memory where there is room.
   */
  readonly dataFolder?: string;
  readonly environment?: NodeJS.ProcessEnv;
  /** The supervisor's program; default that of `npm start`. */
  readonly program?: string;
}

const startTimeoutMs = 110_000;
const pollMs = 50;
const npmStart = fileURLToPath(new URL("../main.ts", import.meta.url));

/**
 * Starts a school and resolves when it can be used.
 * @throws Error with all that it printed when it ends or takes too long.
 */
export async function startSchool(options: StartSchoolOptions = {}): Promise<TestSchool> {
  const dataFolder = options.dataFolder ?? (await makeMemoryFolder());
  const { child, output } = await spawnSupervisor({ ...options, dataFolder });
  const running = await waitUntilRunning(child, dataFolder, output);
  const processes = async () => (await readRunningFile(dataFolder))?.processes ?? running.processes;
  return {
    ...running,
    dataFolder,
    output,
    processes,
    async kill(name) {
      const pid = (await processes())[name];
      if (pid !== null) process.kill(pid, "SIGKILL");
    },
    async stop({ erase = false } = {}) {
      const ended = waitUntilEnded(child);
      child.kill("SIGINT");
      const exitCode = await ended;
      if (erase) await removeTestFolder(dataFolder);
      return exitCode;
    },
  };
}

/** Only starts the supervisor, for those who watch how it fails. */
export async function spawnSupervisor(
  options: StartSchoolOptions & { readonly dataFolder: string; readonly uid?: number },
): Promise<{ child: ChildProcess; output: () => string }> {
  const child = spawn(process.execPath, [options.program ?? npmStart], {
    cwd: "/",
    env: {
      ...process.env,
      PORT: String(await findFreePort("127.0.0.1")),
      REALTIME_PORT: String(await findFreePort("127.0.0.1")),
      DARASA_DATA_DIR: options.dataFolder,
      ...options.environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let printed = "";
  child.stdout.on("data", (part: Buffer) => (printed += part.toString()));
  child.stderr.on("data", (part: Buffer) => (printed += part.toString()));
  return { child, output: () => printed };
}

/** The exit code, or null when a signal ended it; resolves when all output is there. */
export async function waitUntilEnded(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  return child.exitCode;
}

async function waitUntilRunning(
  child: ChildProcess,
  dataFolder: string,
  output: () => string,
): Promise<Running> {
  const deadlineMs = Date.now() + startTimeoutMs;
  while (Date.now() < deadlineMs && child.exitCode === null && child.signalCode === null) {
    const running = await readRunningFile(dataFolder);
    if (running && running.processes.supervisor === child.pid) return running;
    await delay(pollMs);
  }
  child.kill("SIGINT");
  await waitUntilEnded(child);
  throw new Error(`The school did not start:\n${output()}`);
}
