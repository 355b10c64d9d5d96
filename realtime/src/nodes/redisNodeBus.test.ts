import { findRedis, startRedisServer } from "@darasa/database/testing";
import { afterEach, describe, test } from "vitest";
import { describeNodeBus } from "./nodeBus.contract.ts";
import { parseRedisAddress } from "./redisAddress.ts";
import { createRedisNodeBus } from "./redisNodeBus.ts";

const redis = findRedis();
const log = () => undefined;
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.runIf("path" in redis)("the bus over Redis", () => {
  describeNodeBus(async () => {
    const server = await startRedisServer("path" in redis ? redis.path : "");
    cleanups.push(() => server.close());
    const address = parseRedisAddress(`redis://127.0.0.1:${String(server.port)}`);
    return {
      join: (nodeId) => createRedisNodeBus({ nodeId, address, log }),
      cut: () => server.kill(),
      mend: () => server.start(),
    };
  });
});

test.skipIf("path" in redis)("the bus over Redis", ({ skip }) => {
  skip("missing" in redis ? redis.missing : "");
});
