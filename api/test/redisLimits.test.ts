import { findTestProgram } from "@darasa/database/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeMemoryRateLimiter } from "../src/limits/memoryRateLimiter.ts";
import { describeRateLimiter } from "../src/limits/rateLimiter.contract.ts";
import { createRedisRateLimiter, type Counter } from "../src/limits/redisRateLimiter.ts";
import { createTestApi } from "./testApi.ts";
import { startRedis, type RedisServer } from "./redisServer.ts";

const found = findTestProgram("redis");
const reason = "missing" in found ? ` (skipped: ${found.missing})` : "";

describe.skipIf("missing" in found)(`limits in Redis${reason}`, () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis("path" in found ? found.path : "");
  });
  afterAll(() => server.close());
  beforeEach(() => server.client.flushall());

  function make() {
    const counters: Counter[] = [];
    const lines: string[] = [];
    const limiter = createRedisRateLimiter({
      url: server.url,
      log: (level, message) => void lines.push(`${level} ${message}`),
      now: () => performance.now(),
      fallback: makeMemoryRateLimiter(Date.now),
      onCounter: (counter) => void counters.push(counter),
    });
    const counting = (counter: Counter) => expect.poll(() => counters.at(-1)).toBe(counter);
    return { limiter, counters, lines, counting };
  }

  describe("as every limiter", () => {
    // Time has passed when it stands so in the buckets.
    const advance = async (ms: number) => {
      for (const key of await server.client.keys("*"))
        await server.client.hincrby(key, "atMs", -ms);
    };
    let ready: ReturnType<typeof make>;
    beforeEach(async () => {
      ready = make();
      await ready.counting("redis");
    });
    describeRateLimiter(() => ({ limiter: ready.limiter, advance }));
  });

  const takeMany = async (limiter: ReturnType<typeof make>["limiter"], times: number) => {
    const takes = Array.from({ length: times }, () => limiter.take("login", "subject", "a@b.c"));
    const outcomes = await Promise.allSettled(takes);
    return outcomes.filter(({ status }) => status === "fulfilled").length;
  };

  test("two processes share them", async () => {
    const [one, other] = [make(), make()];
    await one.counting("redis");
    await other.counting("redis");
    const allowed = await Promise.all([takeMany(one.limiter, 9), takeMany(other.limiter, 9)]);
    expect(allowed[0] + allowed[1]).toBe(10);
    await one.limiter.close();
    await other.limiter.close();
  });

  test("nobody reads there who was counted, and nothing stays there", async () => {
    const { limiter, counting } = make();
    await counting("redis");
    await limiter.take("login", "subject", "amina@school.example 203.0.113.7");
    const [key = ""] = await server.client.keys("*");
    expect(key).toMatch(/^darasa:limit:login:subject:[\w-]{43}$/);
    const lifetimeMs = await server.client.pttl(key);
    expect(lifetimeMs).toBeGreaterThan(9_000);
    expect(lifetimeMs).toBeLessThanOrEqual(11_000);
    await limiter.close();
  });

  test("while Redis is away every process counts for itself, says so once, and comes back", async () => {
    const { limiter, lines, counting } = make();
    await counting("redis");
    await server.kill();
    await counting("memory");
    expect(await takeMany(limiter, 50)).toBe(10);
    expect(lines).toEqual([
      "info limits are counted in Redis",
      "warn Redis is away: every process counts limits for itself",
    ]);
    await server.start();
    await counting("redis");
    expect(await takeMany(limiter, 50)).toBe(10);
    await limiter.close();
  });

  test("a Redis that hangs holds a request up for a moment, and not the next", async () => {
    const { limiter, counting } = make();
    await counting("redis");
    server.pause();
    const startedAtMs = performance.now();
    await limiter.take("read", "person", "a");
    const firstMs = performance.now() - startedAtMs;
    await takeMany(limiter, 9);
    const nextMs = performance.now() - startedAtMs - firstMs;
    server.resume();
    expect(firstMs).toBeLessThan(400);
    expect(nextMs).toBeLessThan(100);
    await expect.poll(() => limiter.take("read", "person", "b").then(() => true)).toBe(true);
    await limiter.close();
  });

  test("the API counts there when it is told where, and /metrics says who counts", async () => {
    const api = await createTestApi({ REDIS_URL: "redis://127.0.0.1:9" });
    const { text } = await api.call("GET /metrics");
    expect(text).toContain('darasa_api_limits_counted_by{counter="memory"} 1');
    await api.services.limits.close();
    await api.close();
  });
});
