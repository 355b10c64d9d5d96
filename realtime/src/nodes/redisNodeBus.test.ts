import { randomUUID } from "node:crypto";
import { findTestProgram, startRedisServer, type RedisServer } from "@darasa/database/testing";
import type { ParticipantId } from "@darasa/protocol";
import { Redis } from "ioredis";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  joinAt,
  nodesOver,
  redisMissing,
  redisPath,
  redisReason,
  testNames,
} from "../../test/support/redisBus.ts";
import { startToxiproxy } from "../../test/support/toxiproxy.ts";
import type { NodeId } from "./nodeBus.ts";
import { createRedisNames } from "./redisNames.ts";
import { describeNodeBus, follow, joinHearing, message, newChannel } from "./nodeBus.contract.ts";

const toxiproxy = findTestProgram("toxiproxy");
const toxiproxyReason = "missing" in toxiproxy ? ` (skipped: ${toxiproxy.missing})` : "";
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.runIf(redisMissing === null)(`the bus over Redis${redisReason}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer(redisPath);
    return () => server.close();
  });
  describeNodeBus(() =>
    Promise.resolve(nodesOver(server, `redis://127.0.0.1:${String(server.port)}`)),
  );
});

describe.runIf(redisMissing === null && "path" in toxiproxy)(
  `the bus over a Redis that is ill${redisReason}${toxiproxyReason}`,
  () => {
    async function startIll() {
      const server = await startRedisServer(redisPath);
      cleanups.push(() => server.close());
      const proxy = await startToxiproxy("path" in toxiproxy ? toxiproxy.path : "");
      cleanups.push(() => proxy.stop());
      const way = await proxy.wayTo(server.port);
      const lines: string[] = [];
      const url = `redis://127.0.0.1:${String(way.port)}`;
      const node = await joinHearing({ join: joinAt(url, (line) => lines.push(line)) });
      cleanups.push(() => node.bus.close());
      return { server, way, node, lines };
    }

    test("one that answers nothing is away within 5 s, claims wait 250 ms, and one line says so", async () => {
      const { way, node, lines } = await startIll();
      await way.blackhole();
      const startedAtMs = performance.now();
      expect(await node.bus.claim(randomUUID(), 1_000)).toBe("unknown");
      expect(performance.now() - startedAtMs).toBeLessThan(1_000);
      await expect.poll(() => node.bus.isConnected).toBe(false);
      expect(performance.now() - startedAtMs).toBeLessThan(5_000);
      await expect.poll(() => node.bus.claim(randomUUID(), 1_000)).toBe("unknown");
      expect(lines).toEqual(["Redis is away: each node is by itself until it is back"]);
      await way.heal();
      await expect.poll(() => node.missed.count).toBe(2);
      expect(lines).toHaveLength(2);
    });

    test("one that is not there at the start is away, and told of once", async () => {
      const lines: string[] = [];
      const { server } = await startIll();
      await server.kill();
      const url = `redis://127.0.0.1:${String(server.port)}`;
      const bus = joinAt(url, (line) => lines.push(line))(randomUUID() as NodeId);
      cleanups.push(() => bus.close());
      await expect.poll(() => lines.length).toBe(1);
      expect(bus.isConnected).toBe(false);
      await server.start();
      await expect.poll(() => bus.isConnected).toBe(true);
    });

    test("one that is slower than what is said loses notices, and no memory", async () => {
      const { server, node } = await startIll();
      server.pause();
      const room = newChannel();
      const body = "x".repeat(8_000);
      for (let count = 0; count < 100; count += 1) {
        for (let more = 0; more < 20; more += 1) {
          node.bus.say(room, {
            kind: "tell",
            participantId: body as ParticipantId,
            event: {} as never,
          });
        }
        await new Promise(setImmediate);
      }
      expect(node.bus.counts.lost).toBeGreaterThan(500);
      server.resume();
      await expect.poll(() => node.bus.counts.said + node.bus.counts.lost).toBe(2_000);
    });

    test("what is refused for a while is followed in the end, and one line says that it is away", async () => {
      const server = await startRedisServer(redisPath);
      cleanups.push(() => server.close());
      const operator = new Redis(server.port, "127.0.0.1");
      cleanups.push(() => operator.quit());
      await operator.acl("SETUSER", "default", "resetchannels");
      const lines: string[] = [];
      const join = joinAt(`redis://127.0.0.1:${String(server.port)}`, (line) => lines.push(line));
      const joining = joinHearing({ join });
      await expect.poll(() => lines).toHaveLength(1);
      await operator.acl("SETUSER", "default", `&${testNames.allNodes}`);
      const node = await joining;
      cleanups.push(() => node.bus.close());
      const room = newChannel();
      const following = follow(node, room);
      const refusals = async () => JSON.stringify(await operator.acl("LOG"));
      await expect.poll(refusals).toContain(room);
      await operator.acl("SETUSER", "default", "allchannels");
      await following;
      const other = await joinHearing({ join });
      cleanups.push(() => other.bus.close());
      other.bus.say(room, message(1));
      await expect.poll(() => node.heard.map(({ notice }) => notice)).toEqual([message(1)]);
    });

    test("another installation on the same Redis neither hears nor takes anything", async () => {
      const server = await startRedisServer(redisPath);
      cleanups.push(() => server.close());
      const url = `redis://127.0.0.1:${String(server.port)}`;
      const elsewhere = createRedisNames(new Uint8Array(32).fill(1));
      const [node, copy] = await Promise.all([
        joinHearing({ join: joinAt(url) }),
        joinHearing({ join: joinAt(url, undefined, elsewhere) }),
      ]);
      cleanups.push(
        () => node.bus.close(),
        () => copy.bus.close(),
      );
      const room = newChannel();
      await Promise.all([follow(node, room), follow(copy, room)]);
      copy.bus.say(room, message(1));
      const sister = await joinHearing({ join: joinAt(url) });
      cleanups.push(() => sister.bus.close());
      sister.bus.say(room, message(2));
      await expect.poll(() => node.heard.map(({ notice }) => notice)).toEqual([message(2)]);
      expect(await copy.bus.claim("ticket:1", 1_000)).toBe("first");
      expect(await node.bus.claim("ticket:1", 1_000)).toBe("first");
    });

    test("what is no notice harms nobody", async () => {
      const { server, node } = await startIll();
      const room = newChannel();
      await follow(node, room);
      const other = await joinHearing({
        join: joinAt(`redis://127.0.0.1:${String(server.port)}`),
      });
      cleanups.push(() => other.bus.close());
      const odd: unknown[] = [null, 7, [], { kind: "of another version" }];
      for (const notice of odd) other.bus.say(room, notice as never);
      other.bus.say(room, message(1));
      await expect.poll(() => node.heard.at(-1)?.notice).toEqual(message(1));
      expect(node.heard).toHaveLength(2);
    });
  },
);
