import { findTestProgram, type RedisServer } from "@darasa/database/testing";
import type { NodeBus, NodeId } from "../../src/nodes/nodeBus.ts";
import type { NodesUnderTest } from "../../src/nodes/nodeBus.contract.ts";
import { parseRedisAddress } from "../../src/nodes/redisAddress.ts";
import { createRedisNames } from "../../src/nodes/redisNames.ts";
import { createRedisNodeBus } from "../../src/nodes/redisNodeBus.ts";

const redis = findTestProgram("redis");
/** Why buses over Redis cannot be tested here; null when they can. */
export const redisMissing = "missing" in redis ? redis.missing : null;
/** Stands behind the title of what is skipped then. */
export const redisReason = redisMissing === null ? "" : ` (skipped: ${redisMissing})`;
/** Where Redis is; empty when it is nowhere. */
export const redisPath = "path" in redis ? redis.path : "";

/** What the buses of tests call their channels. */
export const testNames = createRedisNames(new Uint8Array(32));

/** Makes buses of the Redis at this address. */
export function joinAt(
  url: string,
  log: (line: string) => void = () => undefined,
  names = testNames,
) {
  const address = parseRedisAddress(url);
  return (nodeId: NodeId): NodeBus =>
    createRedisNodeBus({ nodeId, address, names, log: (_level, line) => log(line) });
}

/** Nodes that meet at this address for as long as that server lives. */
export function nodesOver(server: RedisServer, url: string): NodesUnderTest {
  return { join: joinAt(url), cut: () => server.kill(), mend: () => server.start() };
}
