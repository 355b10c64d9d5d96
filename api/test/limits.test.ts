import { DarasaError, errorTable, type RateLimit } from "@darasa/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { allRoutes } from "../src/allRoutes.ts";
import { limitTable, type LimitRow } from "../src/limits/limitTable.ts";
import { makeMemoryRateLimiter } from "../src/limits/memoryRateLimiter.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
beforeEach(() => void Object.assign(api.services.limits, makeMemoryRateLimiter(api.services.now)));
afterAll(() => api.close());

const rows: Readonly<Record<string, LimitRow>> = limitTable;

describe("a route", () => {
  test("is exempt only when monitors ask it, or when it counts for itself", () => {
    const exempt = allRoutes.filter(({ limit }) => limit === "exempt").map(({ path }) => path);
    const known = ["/api/auth/login", "/livez", "/metrics", "/readyz"];
    expect(exempt.toSorted()).toEqual(known);
  });

  test.each([
    ["post", "/api/auth/forgot", "forgot"],
    ["post", "/api/auth/reset", "openLink"],
    ["post", "/api/join/{code}", "join"],
    ["post", "/api/schools", "createSchool"],
  ])("%s %s is stricter", (method, path, limit) => {
    const route = allRoutes.find((one) => one.method === method && one.path === path);
    expect(route?.limit).toBe(limit);
  });
});

test("every limit allows something at once and something in the long run", () => {
  for (const [name, row] of Object.entries(rows)) {
    for (const { burst, perSecond } of Object.values(row) as RateLimit[]) {
      expect(burst, name).toBeGreaterThanOrEqual(1);
      expect(perSecond, name).toBeGreaterThan(0);
    }
  }
});

describe("who is signed in", () => {
  test("is counted as a person, wherever they are, and others at their address go on", async () => {
    const [amina, baraka] = [await api.signIn("teacher"), await api.signIn("baraka")];
    const { burst } = limitTable.read.person;
    for (let time = 0; time < burst; time += 1) {
      await api.services.limits.take("read", "person", amina.id);
    }
    const elsewhere = { "x-forwarded-for": "203.0.113.7" };
    const refused = await api.call("GET /api/rooms", { as: amina, headers: elsewhere });
    expect([refused.status, refused.body.code]).toEqual([429, "rate_limited"]);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect((await api.call("GET /api/rooms", { as: baraka })).status).toBe(200);
    // Writing is counted apart.
    const body = { kind: "group", name: "Chess" };
    expect((await api.call("POST /api/rooms", { as: amina, body })).status).toBe(200);
  });

  test("writes a few things at once, not hundreds", async () => {
    const teacher = await api.signIn("teacher");
    const statuses: number[] = [];
    for (let time = 0; time < limitTable.write.person.burst + 1; time += 1) {
      // Refused for its body, and counted none the less.
      const answer = await api.call("POST /api/rooms", { as: teacher, body: {} });
      statuses.push(answer.status);
    }
    expect(new Set(statuses.slice(0, -1))).toEqual(new Set([422]));
    expect(statuses.at(-1)).toBe(429);
  });
});

describe("who is not", () => {
  const from = { "x-forwarded-for": "203.0.113.8" };

  test("is counted by address: worthless tokens too", async () => {
    const { burst } = limitTable.badToken.address;
    for (let time = 0; time < burst; time += 1) {
      await api.services.limits.take("badToken", "address", "203.0.113.8");
    }
    expect((await api.call("GET /api/me", { headers: from })).status).toBe(429);
    const guessed = { ...from, authorization: "Bearer guessed" };
    expect((await api.call("GET /api/me", { headers: guessed })).status).toBe(429);
    // Whoever has a good one is not kept out by neighbours who do not.
    const teacher = await api.signIn("teacher");
    expect((await api.call("GET /api/me", { as: teacher, headers: from })).status).toBe(200);
  });

  test("can neither flood files nor paths that name nothing", async () => {
    const { burst } = limitTable.files.address;
    for (let time = 0; time < burst; time += 1) {
      await api.services.limits.take("files", "address", "203.0.113.8");
    }
    for (const path of ["GET /", "GET /assets/x.js", "POST /api/nothing", "DELETE /api/rooms"]) {
      expect((await api.call(path, { headers: from })).status, path).toBe(429);
    }
  });

  test("still hears whether the API lives", async () => {
    await api.services.limits.close();
    const nobody = { take: () => Promise.reject(new Error("counted")) };
    Object.assign(api.services.limits, nobody);
    for (const path of ["/livez", "/metrics"]) {
      expect((await api.call(`GET ${path}`, { headers: from })).status).toBe(200);
    }
  });
});

test.each(["busy", "unavailable", "rate_limited"] as const)(
  "a refusal as %s says when to come back",
  async (code) => {
    const broken = { inSchool: () => Promise.reject(new DarasaError(code)) };
    const { database } = api.services;
    const as = await api.signIn("zawadi");
    Object.assign(api.services, { database: { ...database, ...broken }, log: () => undefined });
    const answer = await api.call("GET /api/rooms", { as });
    Object.assign(api.services, { database });
    expect(answer.status).toBe(errorTable[code].httpStatus);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  },
);
