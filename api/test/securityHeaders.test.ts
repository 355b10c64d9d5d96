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
