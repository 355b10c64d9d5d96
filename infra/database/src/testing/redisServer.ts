import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePort } from "./freePort.ts";
import { startTestServer, type TestServer } from "./testServer.ts";

/** A Redis of a test's own, which it may treat as badly as it likes. */
export interface RedisServer extends Pick<TestServer, "pause" | "resume" | "start"> {
  /** The file of its socket. */
  readonly socket: string;
  /** The same Redis at 127.0.0.1. */
  readonly port: number;
  /** Without a farewell, as in a crash; `start` brings it back at the same place, empty. */
  kill(): Promise<void>;
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
  const server = await startServer(path, options, socket);
  const kill = async () => {
    await server.end("SIGKILL");
  };
  return {
    ...server,
    socket,
    port,
    kill,
    async close() {
      await kill();
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
  await hasItsSlots(server.socket);
  return server;
}

/** Resolves when the Cluster takes commands. */
async function hasItsSlots(socket: string): Promise<void> {
  const deadlineMs = performance.now() + 10_000;
  while (!(await ask(socket, "CLUSTER INFO")).includes("cluster_state:ok")) {
    if (performance.now() > deadlineMs) throw new Error("Redis did not become a Cluster.");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
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
  const options = ["--sentinel", "--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
  const server = await startServer(path, [settings, ...options], port);
  return {
    port,
    async close() {
      await server.end("SIGKILL");
      await rm(folder, { recursive: true });
    },
  };
}

function startServer(path: string, args: readonly string[], address: Address): Promise<TestServer> {
  return startTestServer({
    title: "Redis",
    command: path,
    args,
    // The server goes by the name that it is called: Debian has it under that of a tool, too.
    options: { argv0: "redis-server" },
    isReady: async () => (await ask(address, "PING")).startsWith("+PONG"),
  });
}

/** The file of its socket, or its port. */
type Address = string | number;

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
