import { startRedisServer, startSentinel, type RedisServer } from "@darasa/database/testing";
import { beforeAll, describe } from "vitest";
import { nodesOver, redisMissing, redisPath, redisReason } from "../../test/support/redisBus.ts";
import { describeNodeBus } from "./nodeBus.contract.ts";

describe.runIf(redisMissing === null)(`the bus over what Sentinels watch${redisReason}`, () => {
  let server: RedisServer;
  let url: string;
  beforeAll(async () => {
    server = await startRedisServer(redisPath);
    const sentinel = await startSentinel(redisPath, server);
    url = `redis+sentinel://127.0.0.1:${String(sentinel.port)}/darasa`;
    return async () => {
      await sentinel.close();
      await server.close();
    };
  });
  describeNodeBus(() => Promise.resolve(nodesOver(server, url)));
});
