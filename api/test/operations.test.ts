import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
let realtime: Server;
beforeAll(async () => {
  realtime = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => realtime.listen(0, "127.0.0.1", resolve));
  const { port } = realtime.address() as AddressInfo;
  api = await createTestApi({
    // Nobody listens at the first: one gateway is enough.
    REALTIME_URL: `http://127.0.0.1:9,http://127.0.0.1:${port}`,
    TLDRAW_LICENSE_KEY: "tldraw-key",
  });
});
afterAll(async () => {
  realtime.close();
  await api.close();
});

test("alive and ready, while database and realtime answer", async () => {
  expect((await api.call("GET /livez")).body).toEqual({ status: "ok" });
  expect((await api.call("GET /readyz")).body).toEqual({ status: "ok" });
});

test("not ready says what is away", async () => {
  const { database } = api.services;
  Object.assign(api.services, {
    database: { ...database, ping: () => Promise.reject(new Error("gone")) },
  });
  const answer = await api.call("GET /readyz");
  Object.assign(api.services, { database });
  expect([answer.status, answer.body.detail]).toEqual([503, "away: database"]);
});

test("figures count requests by declared route, never by the one asked for", async () => {
  await api.call("GET /api/rooms/3fa85f64-5717-4562-b3fc-2c963f66afa6?secret=1");
  const { text, headers } = await api.call("GET /metrics");
  expect(headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(text).toContain('route="/api/rooms/{id}",status="401"');
  expect(text).not.toContain("3fa85f64");
  expect(text).not.toContain("secret");
});

describe("in production", () => {
  const proxied = { "x-forwarded-for": "203.0.113.7" };
  let production: TestApi;
  beforeAll(async () => {
    production = await createTestApi({
      NODE_ENV: "production",
      PUBLIC_URL: "https://school.example",
      METRICS_TOKEN: "for-the-monitor",
      DEMO_KEY: "",
    });
  });
  afterAll(() => production.close());

  test("figures are for this machine and whoever has the token", async () => {
    expect((await production.call("GET /metrics")).status).toBe(200);
    const token = { authorization: "Bearer for-the-monitor" };
    const withToken = await production.call("GET /metrics", { headers: { ...proxied, ...token } });
    expect(withToken.status).toBe(200);
  });

  test.each([{}, { authorization: "Bearer guessed" }, { authorization: "Bearer " }])(
    "nobody else sees them: %j",
    async (headers) => {
      const answer = await production.call("GET /metrics", { headers: { ...proxied, ...headers } });
      expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
      expect(answer.text).not.toContain("darasa_api");
    },
  );

  test("whether it lives, anybody may ask", async () => {
    expect((await production.call("GET /livez", { headers: proxied })).status).toBe(200);
  });
});

test("the published keys verify access tokens and hold nothing private", async () => {
  const { body } = await api.call("GET /.well-known/jwks.json");
  expect(body.keys).toEqual([
    {
      kty: "OKP",
      crv: "Ed25519",
      kid: "test",
      x: expect.any(String) as string,
      alg: "EdDSA",
      use: "sig",
    },
  ]);
});

test("the client learns its configuration", async () => {
  const { body } = await api.call("GET /config.json");
  expect(body).toMatchObject({ tldrawLicenseKey: "tldraw-key", demo: true });
});

test("the document of the API is there", async () => {
  const { body } = await api.call("GET /api/openapi.json");
  expect(body).toMatchObject({ openapi: "3.1.0", info: { title: "Darasa" } });
});

describe("every answer", () => {
  test.each(["GET /livez", "GET /api/me", "GET /api/nothing", "GET /", "POST /api/auth/login"])(
    "%s carries an id and what browsers must know",
    async (request) => {
      const { headers } = await api.call(request);
      expect(headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("permissions-policy")).toMatch(/camera=\(self\).*geolocation=\(\)/);
      expect(headers.get("x-frame-options")).toBe("DENY");
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers.get("access-control-allow-origin")).toBeNull();
      expect(headers.get("strict-transport-security")).toBeNull();
    },
  );

  test("promises https for a year where the operator does", async () => {
    const secured = await createTestApi({ PUBLIC_URL: "https://school.example" });
    const { headers } = await secured.call("GET /livez");
    await secured.close();
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  });
});
