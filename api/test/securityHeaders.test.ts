import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { allRoutes } from "../src/allRoutes.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "darasa-client-"));
  await writeFile(join(folder, "index.html"), "<!doctype html>");
  await writeFile(join(folder, "sw.js"), "");
  api = await createTestApi({ CLIENT_DIR: folder, PUBLIC_URL: "https://school.example" });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const always: Record<string, RegExp> = {
  "content-security-policy": /^default-src 'none'; script-src 'self';.*; frame-ancestors 'none'$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /^(\w|-)+=\(self\), .*geolocation=\(\)/,
  "referrer-policy": /^no-referrer$/,
  "strict-transport-security": /^max-age=31536000$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "x-request-id": /^[0-9a-f-]{36}$/,
};

const routes = allRoutes.map(({ method, path }) => `${method.toUpperCase()} ${path}`);

test.each([
  ...routes,
  "GET /",
  "GET /sw.js",
  "GET /missing.js",
  "GET /a/page/of/the/client",
  "HEAD /",
  "OPTIONS /api/me",
  "PUT /api/me",
  "PROPFIND /",
  "POST /api/nothing",
  "GET /api/openapi.json",
])("%s carries what browsers must know, whatever the answer", async (request) => {
  const { headers } = await api.call(request);
  for (const [name, value] of Object.entries(always)) {
    expect(headers.get(name) ?? "", name).toMatch(value);
  }
  expect(headers.get("x-powered-by")).toBeNull();
  expect(headers.get("server")).toBeNull();
});

test("pages reach the media servers that are set up, and give a framed one the camera", async () => {
  const media = await createTestApi({
    LIVEKIT_URL: "wss://livekit.example",
    LIVEKIT_API_KEY: "key",
    LIVEKIT_API_SECRET: "a secret of thirty-two bytes, or more",
    JITSI_DOMAIN: "meet.example",
    JITSI_APP_ID: "darasa",
    JITSI_APP_SECRET: "a secret of thirty-two bytes, or more",
  });
  const { headers } = await media.call("GET /livez");
  await media.close();
  const policy = headers.get("content-security-policy")?.split("; ");
  expect(policy).toContain(
    "connect-src 'self' blob: data: wss://livekit.example https://livekit.example",
  );
  expect(policy).toContain("script-src 'self' https://meet.example");
  expect(policy).toContain("frame-src https://meet.example");
  const permissions = headers.get("permissions-policy")?.split(", ");
  expect(permissions).toContain('camera=(self "https://meet.example")');
  expect(permissions).toContain("geolocation=()");
});

test("nothing of the API stays in a cache, refusals neither", async () => {
  const as = await api.signIn("teacher");
  for (const [request, person] of [
    ["GET /api/me", as],
    ["GET /api/me", undefined],
    ["GET /api/rooms", as],
    ["GET /api/nothing", as],
  ] as const) {
    const { headers } = await api.call(request, { as: person });
    expect(headers.get("cache-control")).toBe("no-store");
  }
});
