import { findTestProgram } from "@darasa/database/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { describeAttemptDelays } from "../src/attempts/attemptDelays.contract.ts";
import { makeMemoryAttemptDelays } from "../src/attempts/memoryAttemptDelays.ts";
import { createRedisAttemptDelays } from "../src/attempts/redisAttemptDelays.ts";
import { startRedis, type RedisServer } from "./redisServer.ts";

const found = findTestProgram("redis");
const reason = "missing" in found ? ` (skipped: ${found.missing})` : "";

describe.skipIf("missing" in found)(`delays in Redis${reason}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis("path" in found ? found.path : "");
  });
  afterAll(() => server.close());
  beforeEach(() => server.client.flushall());

  const counters = [{ kind: "address", key: "demo/amina 203.0.113.7" }] as const;

  function make() {
    const lines: string[] = [];
    const delays = createRedisAttemptDelays({
      url: server.url,
      log: (level, message) => void lines.push(`${level} ${message}`),
      now: () => performance.now(),
      fallback: makeMemoryAttemptDelays(Date.now),
    });
    /** Resolves when Redis counts. */
    const ready = () => expect.poll(() => lines.at(-1)).toBe("info attempts are counted in Redis");
    const begin = (times: number) =>
      Promise.allSettled(Array.from({ length: times }, () => delays.begin(counters))).then(
        (outcomes) => outcomes.filter(({ status }) => status === "fulfilled").length,
      );
    return { delays, lines, ready, begin };
  }

  describe("as all delays", () => {
    // Time has passed when it stands so in the counters.
    const advance = async (ms: number) => {
      for (const key of await server.client.keys("*")) {
        await server.client.hincrby(key, "untilMs", -ms);
      }
    };
    let made: ReturnType<typeof make>;
    beforeEach(async () => {
      made = make();
      await made.ready();
    });
    describeAttemptDelays(() => ({ delays: made.delays, advance }));
  });

  test("several processes share them", async () => {
    const [one, other] = [make(), make()];
    await Promise.all([one.ready(), other.ready()]);
    const begun = await Promise.all([one.begin(9), other.begin(9)]);
    expect(begun[0] + begun[1]).toBe(5);
    await Promise.all([one.delays.close(), other.delays.close()]);
  });

  test("nobody reads there who signs in, and nothing stays for longer than a day", async () => {
    const { delays, ready, begin } = make();
    await ready();
    await begin(1);
    const [key = ""] = await server.client.keys("*");
    expect(key).toMatch(/^darasa:attempts:address:[\w-]{43}$/);
    expect(await server.client.ttl(key)).toBeGreaterThan(86_000);
    await delays.close();
  });

  test("while Redis is away every process counts for itself, says so once, and comes back", async () => {
    const { delays, lines, ready, begin } = make();
    await ready();
    lines.length = 0;
    await server.kill();
    expect(await begin(20)).toBe(5);
    expect(lines).toEqual(["warn Redis is away: every process counts attempts for itself"]);
    await server.start();
    await ready();
    expect(await begin(20)).toBe(5);
    await delays.close();
  });
});
