import { startRedisCluster, type RedisServer } from "@darasa/database/testing";
import { beforeAll, describe } from "vitest";
import { nodesOver, redisMissing, redisPath, redisReason } from "../../test/support/redisBus.ts";
import { describeNodeBus } from "./nodeBus.contract.ts";

describe.runIf(redisMissing === null)(`the bus over a Cluster${redisReason}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisCluster(redisPath);
    return () => server.close();
  });
  describeNodeBus(() =>
    Promise.resolve(nodesOver(server, `redis+cluster://127.0.0.1:${String(server.port)}`)),
  );
});
