import { startRedisServer, type RedisServer as RedisProcess } from "@darasa/database/testing";
import { Redis } from "ioredis";

/** A Redis of a test's own, and a connection to look at what the programs wrote. */
export interface RedisServer extends RedisProcess {
  readonly url: string;
  readonly client: Redis;
}

/** Starts a Redis on a socket file in a folder of its own. */
export async function startRedis(path: string): Promise<RedisServer> {
  const server = await startRedisServer(path);
  const client = new Redis(server.socket, { retryStrategy: () => 20 });
  client.on("error", () => undefined);
  return {
    ...server,
    url: server.socket,
    client,
    async close() {
      client.disconnect();
      await server.close();
    },
  };
}
