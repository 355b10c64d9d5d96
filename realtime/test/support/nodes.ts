import { randomBytes } from "node:crypto";
import {
  findTestProgram,
  startRedisServer,
  testProgramPath,
  type RedisServer,
} from "@darasa/database/testing";
import { expect, vi } from "vitest";
import {
  startGatewayProcess,
  type GatewayProcess,
  type GatewaySettings,
} from "./gatewayProcess.ts";
import { signGatewayTicket } from "./signTicket.ts";
import { TestClient } from "./testClient.ts";
import { startTestSchool, type TestPerson, type TestSchool } from "./testSchool.ts";
import { startToxiproxy, type ToxicWay } from "./toxiproxy.ts";

/** Stands behind the title of what is skipped for want of it. */
export function reasonWithoutNodes(): string {
  const missing = missingForNodes();
  return missing === null ? "" : ` (skipped: ${missing})`;
}

/** What several nodes need here and is not there; null when nothing is missing. */
export function missingForNodes(): string | null {
  const found = [findTestProgram("redis"), findTestProgram("toxiproxy")];
  return found.find((one) => "missing" in one)?.missing ?? null;
}

/** Gateway processes over one database and one Redis, each with a way of its own to that Redis. */
export interface TestNodes {
  readonly school: TestSchool;
  readonly nodes: readonly GatewayProcess[];
  readonly redis: RedisServer;
  /** The way of each node to Redis. */
  readonly ways: readonly ToxicWay[];
  /** Connects to a node and says hello. */
  connect(node: number, person: TestPerson): Promise<TestClient>;
  /** Connects to a node and joins the running class. */
  enter(node: number, person: TestPerson, since?: number): Promise<TestClient>;
  /** Says hello with this ticket at a node; null when that was refused. */
  hello(node: number, ticket: string): Promise<TestClient | null>;
  /** A figure of a node's metrics. */
  figure(node: number, name: string): Promise<number>;
  /** Resolves when every node hears the others, or none does. */
  connected(isConnected: boolean): Promise<void>;
  stop(): Promise<void>;
}

export interface NodesPlan {
  /** Default: as wide as a load test has them. */
  readonly limitsScale?: number;
  readonly timings?: GatewaySettings["timings"];
}

/** Starts so many, all at once. */
export async function startNodes(
  count: number,
  { limitsScale = 1_000, timings = {} }: NodesPlan = {},
): Promise<TestNodes> {
  const redis = await startRedisServer(testProgramPath("redis"));
  const toxiproxy = await startToxiproxy(testProgramPath("toxiproxy"));
  const indices = Array.from({ length: count }, (_, index) => index);
  const ways = await Promise.all(indices.map(() => toxiproxy.wayTo(redis.port)));
  const environmentOf = (index: number) => ({
    REDIS_URL: `redis://127.0.0.1:${String(ways[index]?.port)}`,
    LIMITS_SCALE: String(limitsScale),
  });
  const ticketKey = new Uint8Array(randomBytes(32));
  const settingsOf = (index: number) => ({ ticketKey, timings, environment: environmentOf(index) });
  let starting: Promise<GatewayProcess>[] = [];
  const school = await startTestSchool(({ appUrl, writerUrl }) => {
    starting = indices
      .slice(1)
      .map((index) => startGatewayProcess({ appUrl, writerUrl, ...settingsOf(index) }));
    return settingsOf(0);
  });
  const others = await Promise.all(starting);
  const nodes = [school.gateway, ...others];
  const portOf = (node: number) => nodes[node]?.port ?? 0;
  const figure = async (node: number, name: string) => {
    const answer = await fetch(`http://127.0.0.1:${String(portOf(node))}/metrics`);
    const line = (await answer.text()).split("\n").find((text) => text.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  };
  const all: TestNodes = {
    school,
    nodes,
    redis,
    ways,
    figure,
    connect: async (node, person) =>
      TestClient.hello(portOf(node), await signGatewayTicket(ticketKey, person)),
    async enter(node, person, since) {
      const client = await all.connect(node, person);
      const { room, liveClass } = school;
      await client.acked({ type: "joinRoom", room, liveClass: liveClass.liveClassId, since });
      return client;
    },
    hello: (node, ticket) => TestClient.hello(portOf(node), ticket).catch(() => null),
    connected: (isConnected) =>
      vi.waitFor(
        async () => {
          const figures = indices.map((node) => figure(node, "darasa_nodes_connected"));
          expect(await Promise.all(figures)).toEqual(indices.map(() => Number(isConnected)));
        },
        { timeout: 15_000, interval: 20 },
      ),
    async stop() {
      await Promise.all(others.map((node) => node.end("SIGKILL")));
      await school.stop();
      await toxiproxy.stop();
      await redis.close();
    },
  };
  await all.connected(true);
  return all;
}
