import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "../../..");

/** A whole Darasa as `npm start` serves it, with a data folder of its own. */
export interface School {
  readonly baseUrl: string;
  /** Signs the demo teacher in. */
  readonly teacherUrl: string;
  /** Where students enter the class code; it ends in the code. */
  readonly studentsUrl: string;
  readonly password: string;
  /** Everything that the supervisor has printed. */
  output(): string;
  /** SIGKILLs the process that runs `<program>/src/main.ts`; resolves with its pid. */
  kill(program: "realtime" | "api"): Promise<number>;
  /** Sends SIGTERM and waits for the end; the data stay unless `erase`. */
  stop(options?: { erase: boolean }): Promise<number | null>;
}

/**
 * Starts the supervisor in `dataFolder` (a new temporary one by default) and waits for its links.
 *
 * @throws Error with all output when it ends before it is ready
 */
export async function startSchool(dataFolder?: string): Promise<School> {
  const folder = dataFolder ?? (await mkdtemp(join(tmpdir(), "darasa-e2e-")));
  const [port, realtimePort] = [await freePort(), await freePort()];
  const supervisor = spawn(process.execPath, ["infra/local/main.ts"], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      REALTIME_PORT: String(realtimePort),
      DARASA_DATA_DIR: folder,
      LOG_LEVEL: "warn",
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [supervisor.stdout, supervisor.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const links = await printedLinks(supervisor, () => output);
  return {
    baseUrl: `http://localhost:${String(port)}`,
    ...links,
    output: () => output,
    kill: (program) => killProgram(supervisor, program),
    stop: async (options = { erase: false }) => {
      const code = await stopSupervisor(supervisor);
      if (options.erase) await rm(folder, { recursive: true, force: true });
      return code;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

async function printedLinks(supervisor: ChildProcess, output: () => string) {
  const find = (pattern: RegExp) => pattern.exec(output())?.[1];
  const ended = once(supervisor, "exit").then(() => "ended");
  for (;;) {
    const teacherUrl = find(/(http\S+\/demo#\S+)/);
    const studentsUrl = find(/(http\S+\/join\/[0-9A-Z]{6})/);
    const password = find(/password\s*:?\s+(\S+)/i);
    if (teacherUrl && studentsUrl && password) return { teacherUrl, studentsUrl, password };
    const next = await Promise.race([once(supervisor.stdout ?? supervisor, "data"), ended]);
    if (next === "ended") throw new Error(`Darasa ended before it was ready:\n${output()}`);
  }
}

async function stopSupervisor(supervisor: ChildProcess): Promise<number | null> {
  if (supervisor.exitCode !== null) return supervisor.exitCode;
  const exit = once(supervisor, "exit");
  supervisor.kill("SIGTERM");
  const [code] = (await exit) as [number | null];
  return code;
}

/** The supervisor's child is found by its command line, as an operator would find it. */
async function killProgram(supervisor: ChildProcess, program: string): Promise<number> {
  for (const entry of await readdir("/proc")) {
    if (!/^\d+$/.test(entry)) continue;
    const command = await readFile(`/proc/${entry}/cmdline`, "utf8").catch(() => "");
    const status = await readFile(`/proc/${entry}/stat`, "utf8").catch(() => "");
    const parent = status.slice(status.lastIndexOf(")") + 2).split(" ")[1];
    if (parent !== String(supervisor.pid)) continue;
    if (!command.includes(`${program}/src/main.ts`)) continue;
    process.kill(Number(entry), "SIGKILL");
    return Number(entry);
  }
  throw new Error(`No process runs ${program}/src/main.ts`);
}
