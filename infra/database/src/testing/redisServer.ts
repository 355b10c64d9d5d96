import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./freePort.ts";

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
  const port = await findFreePort();
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

/** Starts a Redis that is a whole Cluster of one node. */
export async function startRedisCluster(path: string): Promise<RedisServer> {
  const ports = [
    "--cluster-port",
    String(await findFreePort()),
    "--cluster-announce-ip",
    "127.0.0.1",
  ];
  const server = await startRedisServer(path, ["--cluster-enabled", "yes", ...ports]);
  await ask(server.socket, "CLUSTER ADDSLOTSRANGE 0 16383");
  await until(async () => (await ask(server.socket, "CLUSTER INFO")).includes("cluster_state:ok"));
  return server;
}

/** A Sentinel that knows a Redis as `darasa`. */
export async function startSentinel(
  path: string,
  watched: Pick<RedisServer, "port">,
): Promise<Pick<RedisServer, "port" | "close">> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-sentinel-"));
  const port = await findFreePort();
  const settings = join(folder, "sentinel.conf");
  await writeFile(settings, `sentinel monitor darasa 127.0.0.1 ${String(watched.port)} 1\n`);
  const child = spawnServer(path, [
    settings,
    "--sentinel",
    "--port",
    String(port),
    "--bind",
    "127.0.0.1",
    "--dir",
    folder,
  ]);
  await answers(port);
  return {
    port,
    async close() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

/** The server goes by the name that it is called: Debian has it under that of a tool, too. */
function spawnServer(path: string, options: readonly string[]) {
  return spawn(path, options, { argv0: "redis-server", stdio: "ignore" });
}

/** The file of its socket, or its port. */
type Address = string | number;

function answers(address: Address): Promise<void> {
  return until(async () => (await ask(address, "PING")).startsWith("+PONG"));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await holds())) {
    if (performance.now() > deadlineMs) throw new Error("Redis did not start.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The beginning of its answer; empty when nobody is there. */
function ask(address: Address, command: string): Promise<string> {
  return new Promise((resolve) => {
    const place = typeof address === "string" ? { path: address } : { port: address };
    const connection = connect(place, () => connection.write(`${command}\r\n`));
    const end = (answer: string) => {
      connection.destroy();
      resolve(answer);
    };
    connection.once("data", (answer) => end(answer.toString()));
    connection.once("error", () => end(""));
  });
}
