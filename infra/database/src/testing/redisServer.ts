import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, connect, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const note = fileURLToPath(new URL("../../../../.darasa/redis.json", import.meta.url));

/** Where the set-up found Redis, or why there is none: tests that need one skip with that reason. */
export function findRedis(): { readonly path: string } | { readonly missing: string } {
  if (!existsSync(note)) return { missing: "infra/local/setup.mjs --tests has not run" };
  return JSON.parse(readFileSync(note, "utf8")) as { path: string } | { missing: string };
}

/** A Redis of a test's own, which it may treat as badly as it likes. */
export interface RedisServer {
  /** The file of its socket. */
  readonly socket: string;
  /** The same Redis at 127.0.0.1. */
  readonly port: number;
  /** Without a farewell, as in a crash. */
  kill(): Promise<void>;
  /** Answers nobody, and keeps its connections. */
  pause(): void;
  resume(): void;
  /** Again, empty, at the same place. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis in a folder of its own; `settings` are more of its command line. */
export async function startRedisServer(
  path: string,
  settings: readonly string[] = [],
): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-redis-"));
  const socket = join(folder, "redis.sock");
  const port = await freePort();
  const options = ["--port", String(port), "--bind", "127.0.0.1", "--unixsocket", socket];
  options.push("--save", "", "--dir", folder, ...settings);
  let child = spawnServer(path, options);
  const kill = async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  await answers(socket);
  return {
    socket,
    port,
    kill,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async start() {
      child = spawnServer(path, options);
      await answers(socket);
    },
    async close() {
      if (child.exitCode === null && child.signalCode === null) await kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** The server goes by the name that it is called: Debian has it under that of a tool, too. */
function spawnServer(path: string, options: readonly string[]) {
  return spawn(path, options, { argv0: "redis-server", stdio: "ignore" });
}

async function answers(socket: string): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await ping(socket))) {
    if (performance.now() > deadlineMs) throw new Error("Redis did not start.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function ping(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = connect({ path }, () => connection.write("PING\r\n"));
    const end = (isThere: boolean) => {
      connection.destroy();
      resolve(isThere);
    };
    connection.once("data", (answer) => end(answer.toString().startsWith("+PONG")));
    connection.once("error", () => end(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
