import { startRedisServer } from "../../infra/database/src/testing/redisServer.ts";
import { testProgramPath } from "../../infra/database/src/testing/testProgram.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import type { DatabasePlace } from "../school/loadPostgres.ts";

/** Gateways over one database, for one scenario after the other or several at the same time. */
export interface LoadNodes {
  readonly database: DatabasePlace;
  readonly nodes: readonly GatewayNode[];
  readonly ticketKey: Uint8Array;
  /** Of the Redis between them; null for a lone one. */
  readonly redisPort: number | null;
  stop(): Promise<void>;
}

/** One machine plays all the people: limits per person and address are as wide as that needs. */
const limitsScale = 1_000;

/** Starts so many; two and more with a Redis between them. */
export async function startLoadNodes(database: DatabasePlace, count: number): Promise<LoadNodes> {
  const ticketKey = makeTicketKey();
  const redis = count > 1 ? await startRedisServer(testProgramPath("redis")) : null;
  const environment = redis === null ? {} : { REDIS_URL: `redis://127.0.0.1:${redis.port}` };
  const nodes: GatewayNode[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(nodes.map((node) => node.end("SIGKILL")));
    await redis?.close();
  };
  try {
    for (let node = 0; node < count; node += 1) {
      nodes.push(await startNode({ database, ticketKey, limitsScale, environment }));
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { database, nodes, ticketKey, redisPort: redis?.port ?? null, stop };
}
