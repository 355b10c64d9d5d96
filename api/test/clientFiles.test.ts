import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { Hono } from "hono";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeClientFiles } from "../src/clientFiles/clientFiles.ts";
import { serveClient } from "../src/clientFiles/serveClient.ts";
import { answerProblem } from "../src/middleware/problem.ts";
import type { ApiEnv } from "../src/routing/apiEnv.ts";

const page = "<!doctype html><title>Darasa</title>";
const script = `console.log(${"1".repeat(2_000)})`;
let folder: string;
let app: Hono<ApiEnv>;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "darasa-client-"));
  mkdirSync(join(folder, "dist/assets"), { recursive: true });
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "dist/index.html"), page);
  writeFileSync(join(folder, "dist/favicon.svg"), "<svg/>");
  writeFileSync(join(folder, "dist/assets/index-B3x.js"), script);
  writeFileSync(join(folder, "dist/assets/font-C4y.woff2"), "font");
  writeFileSync(join(folder, "dist/assets/ready-D5z.js"), "plain");
  writeFileSync(join(folder, "dist/assets/ready-D5z.js.br"), "made by the build");
  symlinkSync(join(folder, "secret.txt"), join(folder, "dist/assets/link.txt"));
  app = serving(join(folder, "dist"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function serving(from: string): Hono<ApiEnv> {
  const served = new Hono<ApiEnv>();
  served.get("*", serveClient(makeClientFiles(from)));
  served.onError(answerProblem({ log: () => undefined }));
  return served;
}

test.each(["/", "/join/K7M2QX", "/classes/3fa85f64", "/index.html", "/sign-in?next=%2F"])(
  "%s is the one page, asked for anew each time",
  async (path) => {
    const response = await app.request(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(page);
    expect(response.headers.get("cache-control")).toBe("no-cache");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
  },
);

describe("a file with a hash in its name", () => {
  const get = (name: string, encoding = "") =>
    app.request(`/assets/${name}`, { headers: { "accept-encoding": encoding } });

  test("is kept for a year", async () => {
    const response = await get("index-B3x.js");
    expect(await response.text()).toBe(script);
    expect(response.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
    expect(response.headers.get("vary")).toBe("Accept-Encoding");
  });

  test("comes compressed as the browser likes it best", async () => {
    const brotli = await get("index-B3x.js", "gzip, deflate, br");
    expect(brotli.headers.get("content-encoding")).toBe("br");
    const bytes = Buffer.from(await brotli.arrayBuffer());
    expect(bytes.length).toBeLessThan(200);
    expect(brotliDecompressSync(bytes).toString()).toBe(script);
    const gzip = await get("index-B3x.js", "gzip, br;q=0");
    expect(gzip.headers.get("content-encoding")).toBe("gzip");
    expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(script);
  });

  test("comes as the build compressed it, when it did", async () => {
    expect(await (await get("ready-D5z.js", "br")).text()).toBe("made by the build");
  });

  test("is left alone when it is compressed already", async () => {
    const response = await get("font-C4y.woff2", "br");
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(response.headers.get("content-type")).toBe("font/woff2");
  });

  test("is not sent again to who has it", async () => {
    const etag = (await get("index-B3x.js")).headers.get("etag") ?? "";
    const again = await app.request("/assets/index-B3x.js", { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  test("of an older build is not found: no page in place of a script", async () => {
    expect((await get("index-A1a.js")).status).toBe(404);
  });
});

test.each([
  "/../secret.txt",
  "/%2e%2e/secret.txt",
  "/..%2fsecret.txt",
  "/assets/..%2f..%2fsecret.txt",
  "/assets/link.txt",
  "/%00.txt",
  "/%ff.txt",
  "/assets/.js",
])("%s leads nowhere", async (path) => {
  const response = await app.request(path);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain("secret");
});

test("a page that was asked for by a detour through the assets is kept no longer than the page", async () => {
  const fresh = serving(join(folder, "dist"));
  for (const path of ["/assets/..%2findex.html", "/"]) {
    const response = await fresh.request(path);
    expect(await response.text()).toBe(page);
    expect(response.headers.get("cache-control")).toBe("no-cache");
  }
});

test("a build that changes is served as it is now", async () => {
  writeFileSync(join(folder, "dist/changing.txt"), "one");
  expect(await (await app.request("/changing.txt")).text()).toBe("one");
  writeFileSync(join(folder, "dist/changing.txt"), "another");
  expect(await (await app.request("/changing.txt")).text()).toBe("another");
});

test("without a build there is a page that says so", async () => {
  const response = await serving(join(folder, "nothing")).request("/");
  expect(response.status).toBe(503);
  expect(await response.text()).toContain("npm run build -w client");
});
