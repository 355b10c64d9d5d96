import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { expect, vi } from "vitest";

const note = fileURLToPath(new URL("../../.darasa/redis.json", import.meta.url));

/** Where the set-up found Redis, or why there is none: tests that need one skip with that reason. */
export function findRedis(): { readonly path: string } | { readonly missing: string } {
  if (!existsSync(note)) return { missing: "infra/local/setup.mjs --tests has not run" };
  return JSON.parse(readFileSync(note, "utf8")) as { path: string } | { missing: string };
}

/** A Redis of a test's own, which it may treat as badly as it likes. */
export interface RedisServer {
  readonly url: string;
  /** To look at what the programs wrote. */
  readonly client: Redis;
  /** Without a farewell, as in a crash. */
  kill(): Promise<void>;
  /** Answers nobody, and keeps its connections. */
  pause(): void;
  resume(): void;
  /** Again, empty, at the same place. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Redis on a socket file in a folder of its own. */
export async function startRedisServer(path: string): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), "darasa-redis-"));
  const url = join(folder, "redis.sock");
  const options = ["--port", "0", "--unixsocket", url, "--save", "", "--dir", folder];
  let child = spawnServer(path, options);
  const client = new Redis(url, { retryStrategy: () => 20 });
  client.on("error", () => undefined);
  const answers = () => vi.waitFor(async () => expect(await client.ping()).toBe("PONG"), 10_000);
  const kill = async () => {
    const gone = once(child, "exit");
    child.kill("SIGKILL");
    await gone;
  };
  await answers();
  return {
    url,
    client,
    kill,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async start() {
      child = spawnServer(path, options);
      await answers();
    },
    async close() {
      client.disconnect();
      await kill();
      await rm(folder, { recursive: true });
    },
  };
}

/** The server goes by the name that it is called: Debian has it under that of a tool, too. */
function spawnServer(path: string, options: readonly string[]) {
  return spawn(path, options, { argv0: "redis-server", stdio: "ignore" });
}
