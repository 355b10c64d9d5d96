import { generateKeyPairSync, randomBytes } from "node:crypto";
import { join } from "node:path";
import { seedDemoSchool } from "@darasa/database";
import {
  startRedisServer,
  type RedisServer,
} from "../../infra/database/src/testing/redisServer.ts";
import { testProgramPath } from "../../infra/database/src/testing/testProgram.ts";
import {
  answersWell,
  startTestServer,
  type TestServer,
} from "../../infra/database/src/testing/testServer.ts";
import { findFreePort } from "../../infra/local/freePort.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import { startLoadPostgres, type LoadPostgres } from "../school/loadPostgres.ts";

/** What can be killed. */
export const killables = ["Postgres", "Redis", "api", "gateway A", "gateway B"] as const;
export type Killable = (typeof killables)[number];

export interface KillableOptions {
  /** How often a gateway says whom it holds; without it as in the protocol. */
  readonly beatMs?: number | undefined;
  /** As `LIVE_CLASS_IDLE_MINUTES`. */
  readonly idleMinutes: number;
}

/** The demo school, each of whose processes can be killed and started again. */
export interface KillableSchool {
  readonly postgres: LoadPostgres;
  readonly apiUrl: string;
  /** Of the two gateways. */
  readonly gatewayUrls: readonly [string, string];
  readonly password: string;
  /** The key and secret of the LiveKit that api believes; nothing is where it should be. */
  readonly liveKit: { readonly apiKey: string; readonly apiSecret: string };
  /** Without a farewell, all at the same time. */
  kill(victims: readonly Killable[]): Promise<void>;
  /** What was killed; it serves when this resolves. */
  start(victims: readonly Killable[]): Promise<void>;
  remove(): Promise<void>;
}

const password = "open sesame";
const liveKit = { apiKey: "darasa-test", apiSecret: "a secret of thirty-two bytes, or more" };

/** Starts Postgres, Redis, api and two gateways, each a process of its own. */
export async function startKillableSchool(options: KillableOptions): Promise<KillableSchool> {
  const [postgres, redis] = await Promise.all([
    startLoadPostgres(),
    startRedisServer(testProgramPath("redis")),
  ]);
  const ended: (() => Promise<unknown>)[] = [() => postgres.remove(), () => redis.close()];
  const remove = async () => {
    // The processes before the database that they use.
    for (const end of ended.toReversed()) await end();
  };
  try {
    const { ownerUrl, appUrl } = postgres;
    await seedDemoSchool({ ownerUrl, appUrl }, password);
    const ticketKey = makeTicketKey();
    const port = await findFreePort("127.0.0.1");
    const environment = { REDIS_URL: `redis://127.0.0.1:${redis.port}` };
    const timings = options.beatMs === undefined ? {} : { attendanceHeartbeatMs: options.beatMs };
    const startGateway = async () => {
      const node = await startNode({ database: postgres, ticketKey, timings, environment });
      ended.push(() => node.end("SIGKILL"));
      return node;
    };
    const startApi = async (...nodes: readonly GatewayNode[]) => {
      const realtimeUrl = nodes.map((node) => `http://127.0.0.1:${node.port}`).join(",");
      const api = await startApiProcess(postgres, {
        ...options,
        port,
        ticketKey,
        environment: { ...environment, REALTIME_URL: realtimeUrl },
      });
      ended.push(() => api.end("SIGKILL"));
      return api;
    };
    const [a, b] = await Promise.all([startGateway(), startGateway()]);
    const api = await startApi(a, b);
    const url = (node: GatewayNode) => `ws://127.0.0.1:${node.port}/ws`;
    return {
      postgres,
      apiUrl: `http://127.0.0.1:${port}`,
      gatewayUrls: [url(a), url(b)],
      password,
      liveKit,
      ...makeKilling({ postgres, redis, api, "gateway A": a, "gateway B": b }),
      remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

interface Processes {
  readonly postgres: LoadPostgres;
  readonly redis: RedisServer;
  readonly api: TestServer;
  readonly "gateway A": GatewayNode;
  readonly "gateway B": GatewayNode;
}

function makeKilling({ postgres, redis, ...programs }: Processes) {
  const kill = async (victim: Killable): Promise<void> => {
    if (victim === "Postgres") await postgres.kill("SIGKILL");
    else if (victim === "Redis") await redis.kill();
    else await programs[victim].end("SIGKILL");
  };
  const start = async (victim: Killable): Promise<void> => {
    if (victim === "Postgres") await postgres.start();
    else if (victim === "Redis") await redis.start();
    else await programs[victim].start();
  };
  const isStore = (victim: Killable) => victim === "Postgres" || victim === "Redis";
  return {
    kill: async (victims: readonly Killable[]) => {
      await Promise.all(victims.map(kill));
    },
    start: async (victims: readonly Killable[]) => {
      // Nothing of ours starts without its database.
      await Promise.all(victims.filter(isStore).map(start));
      await Promise.all(victims.filter((victim) => !isStore(victim)).map(start));
    },
  };
}

interface ApiOptions extends KillableOptions {
  readonly port: number;
  readonly ticketKey: Uint8Array;
  readonly environment: Readonly<Record<string, string>>;
}

function startApiProcess(postgres: LoadPostgres, options: ApiOptions): Promise<TestServer> {
  const { port, ticketKey, idleMinutes, environment } = options;
  const accessTokenKey = generateKeyPairSync("ed25519").privateKey.export({ format: "jwk" });
  return startTestServer({
    title: "The API",
    command: process.execPath,
    args: ["src/main.ts"],
    options: {
      cwd: join(import.meta.dirname, "../../api"),
      env: {
        PORT: String(port),
        DATABASE_URL: postgres.appUrl,
        TICKET_KEY: Buffer.from(ticketKey).toString("base64url"),
        DATA_KEY: randomBytes(32).toString("base64url"),
        ACCESS_TOKEN_KEY: JSON.stringify({ ...accessTokenKey, kid: "test" }),
        LIVE_CLASS_IDLE_MINUTES: String(idleMinutes),
        LIVEKIT_URL: "ws://127.0.0.1:9",
        LIVEKIT_API_KEY: liveKit.apiKey,
        LIVEKIT_API_SECRET: liveKit.apiSecret,
        ...environment,
      },
    },
    isReady: () => answersWell(`http://127.0.0.1:${port}/livez`),
    readyWithinMs: 60_000,
  });
}
