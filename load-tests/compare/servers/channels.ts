import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTestProgram } from "../../../infra/database/src/testing/testProgram.ts";
import { findFreePort } from "../../../infra/local/freePort.ts";
import { launch, type Launched } from "../launch.ts";
import { installFromPypi, installProblem } from "./install.ts";
import type { ServerKind } from "./server.ts";

/** With a redis-py from 6 on, its pool ends at 100 connections, and rooms of more lose their readers. */
const packages = [
  "Django==5.2.19",
  "channels==4.3.2",
  "daphne==4.2.3",
  "channels_redis==4.3.0",
  "redis==5.3.1",
];

/** Django Channels with Daphne; its Redis is a part of it, for every delivery passes through. */
export function createChannels(cores: string): ServerKind {
  let folder = "";
  let redisPath = "";
  return {
    name: "channels",
    title: "Django Channels",
    dialect: "channels",
    async prepare() {
      const redis = locateRedis();
      if (redis === null) return { ok: false, reason: "there is no redis-server" };
      redisPath = redis;
      try {
        folder = await installFromPypi("channels", packages);
      } catch (error) {
        return { ok: false, reason: installProblem(error) };
      }
      const version = /v=(\S+)/.exec(callRedis(redis))?.[1] ?? "";
      const names = packages.map((one) => one.replace("==", " "));
      return { ok: true, versions: [...names, `Redis ${version}`].join(", ") };
    },
    async start() {
      const redis = await launchRedis(cores, redisPath);
      try {
        const daphne = await launchDaphne(cores, folder, redis.port);
        return {
          port: daphne.port,
          pids: [daphne.pid, redis.pid],
          pidsBeside: [],
          flags: [],
          output: daphne.output,
          stop: async () => {
            await daphne.stop();
            await redis.stop();
          },
        };
      } catch (error) {
        await redis.stop();
        throw error;
      }
    },
  };
}

/** The one that the set-up of the tests found, or that is in the path. */
function locateRedis(): string | null {
  const found = findTestProgram("redis");
  const candidates = ["path" in found ? found.path : null, "redis-server"];
  for (const path of candidates) {
    if (path !== null && callRedis(path).startsWith("Redis server")) return path;
  }
  return null;
}

/** What it says of itself; nothing when it cannot be run. Debian has the server under the name of a tool, too. */
function callRedis(path: string): string {
  const { error, stdout } = spawnSync(path, ["--version"], {
    argv0: "redis-server",
    encoding: "utf8",
  });
  return error === undefined ? stdout : "";
}

async function launchRedis(cores: string, command: string): Promise<Launched> {
  const port = await findFreePort("127.0.0.1");
  return launch({
    cores,
    command,
    calledAs: "redis-server",
    args: [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--dir",
      tmpdir(),
      "--maxclients",
      "20000",
    ],
    ready: /(?:Ready|ready) to accept connections/,
    port,
  });
}

async function launchDaphne(cores: string, folder: string, redisPort: number): Promise<Launched> {
  const port = await findFreePort("127.0.0.1");
  return launch({
    cores,
    command: join(folder, "venv/bin/daphne"),
    args: [
      ...["-b", "127.0.0.1", "-p", String(port), "--no-server-name"],
      // With the default of 5 s it turns people away when many come at once.
      ...["--websocket_connect_timeout", "60", "channels_app:application"],
    ],
    folder: join(import.meta.dirname, "programs"),
    environment: {
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      PYTHONDONTWRITEBYTECODE: "1",
      PYTHONUNBUFFERED: "1",
    },
    ready: /Listening on TCP address/,
    port,
  });
}
