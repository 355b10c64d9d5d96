import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect as connectTcp, createServer as createTcpServer } from "node:net";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startServer, type RunningServer } from "../src/server.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
let server: RunningServer;
let echo: WebSocketServer;

beforeAll(async () => {
  echo = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "darasa.v1" });
  await once(echo, "listening");
  echo.on("connection", (socket, request) => {
    const { headers, url } = request;
    socket.send(
      JSON.stringify({
        url,
        host: headers["x-forwarded-host"],
        from: headers["x-forwarded-for"],
        scheme: headers["x-forwarded-proto"],
        origin: headers.origin,
      }),
    );
    socket.on("message", (data, isBinary) => {
      if (!isBinary && (data as Buffer).toString() === "bye") socket.close(4403, "access ended");
      else socket.send(data, { binary: isBinary });
    });
  });
  const { port } = echo.address() as AddressInfo;
  api = await createTestApi({
    PORT: "0",
    REALTIME_URL: `http://127.0.0.1:${port}`,
    TRUSTED_PROXIES: "127.0.0.1",
  });
  server = await startServer(api.services);
});
afterAll(async () => {
  await server.close();
  echo.close();
  await api.close();
});

const connect = (path: string, headers: Record<string, string> = {}) =>
  new WebSocket(`${server.url.replace("http", "ws")}${path}`, "darasa.v1", { headers });

async function nextMessage(socket: WebSocket): Promise<Buffer> {
  const [data] = (await once(socket, "message")) as [Buffer];
  return data;
}

test("answers over HTTP", async () => {
  const response = await fetch(`${server.url}/livez`);
  expect([response.status, await response.json()]).toEqual([200, { status: "ok" }]);
});

describe("a WebSocket", () => {
  test.each(["/ws", "/yjs/3fa85f64-5717-4562-b3fc-2c963f66afa6?ticket=abc"])(
    "to %s reaches realtime, with data, close code and reason",
    async (path) => {
      const socket = connect(path, { origin: "http://school.example" });
      const seen = JSON.parse((await nextMessage(socket)).toString()) as unknown;
      expect(seen).toEqual({
        url: path,
        host: server.url.replace("http://", ""),
        from: "127.0.0.1",
        scheme: "http",
        origin: "http://school.example",
      });
      expect(socket.protocol).toBe("darasa.v1");
      const bytes = Buffer.alloc(200_000, 7);
      socket.send(bytes);
      expect((await nextMessage(socket)).equals(bytes)).toBe(true);
      socket.send("bye");
      const [code, reason] = (await once(socket, "close")) as [number, Buffer];
      expect([code, reason.toString()]).toEqual([4403, "access ended"]);
    },
  );

  test("comes with the address, scheme and host that a trusted proxy told", async () => {
    const socket = connect("/ws", {
      "x-forwarded-for": "198.51.100.1, 203.0.113.7",
      "x-forwarded-proto": "https",
      "x-forwarded-host": "school.example",
    });
    const seen = JSON.parse((await nextMessage(socket)).toString()) as unknown;
    expect(seen).toMatchObject({ from: "203.0.113.7", scheme: "https", host: "school.example" });
    socket.terminate();
  });

  test("whose realtime dies is cut, and so is realtime's side when the browser is gone", async () => {
    const browser = connect("/ws");
    const [there] = (await once(echo, "connection")) as [WebSocket];
    there.terminate();
    const [code] = (await once(browser, "close")) as [number];
    expect(code).toBe(1006);
    const other = connect("/ws");
    const [itsOther] = (await once(echo, "connection")) as [WebSocket];
    await nextMessage(other);
    other.terminate();
    await once(itsOther, "close");
  });

  test.each([
    ["/livez", 200],
    ["/ws/x", 404],
    ["/yjs/", 404],
    ["/yjs/a/b", 404],
    ["/api/rooms", 401],
  ])("elsewhere is none: %s answers as ever, %i", async (path, status) => {
    const [error] = (await once(connect(path), "error")) as [Error];
    expect(error.message).toContain(String(status));
  });

  test("to a realtime that is away is told so, and the API stays up", async () => {
    const deaf = createTcpServer().listen(0, "127.0.0.1");
    await once(deaf, "listening");
    const { port } = deaf.address() as AddressInfo;
    await new Promise((resolve) => deaf.close(resolve));
    const config = {
      ...api.services.config,
      REALTIME_URL: [`http://127.0.0.1:${port}`] as [string],
    };
    const alone = await startServer({ ...api.services, config, log: () => undefined });
    const socket = new WebSocket(`${alone.url.replace("http", "ws")}/ws`);
    const [error] = (await once(socket, "error")) as [Error];
    expect(error.message).toContain("502");
    expect((await fetch(`${alone.url}/livez`)).status).toBe(200);
    await alone.close();
  });
});

/** Everything that the server says to these bytes, until it hangs up. */
async function sayRaw(...lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connectTcp(Number(port), hostname);
  let said = "";
  socket.on("data", (data) => (said += data.toString())).on("error", () => undefined);
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await once(socket, "close");
  return said;
}

describe("requests as no browser sends them", () => {
  const close = ["Host: school.example", "Connection: close"];

  test.each(["h2c", "TLS/1.0", "websocket"])("a wish for %s is ignored", async (protocol) => {
    const said = await sayRaw(
      "GET /livez HTTP/1.1",
      "Host: school.example",
      "Connection: Upgrade, HTTP2-Settings, close",
      `Upgrade: ${protocol}`,
      "HTTP2-Settings: AAMAAABkAAQAAP__",
    );
    expect(said).toMatch(/^HTTP\/1\.1 200 OK/);
    expect(said).toContain('{"status":"ok"}');
  });

  test("TRACE repeats nothing", async () => {
    const said = await sayRaw("TRACE /api/me HTTP/1.1", "Authorization: Bearer secret", ...close);
    expect(said).toMatch(/^HTTP\/1\.1 405 /);
    expect(said).toContain("method_not_allowed");
    expect(said).not.toContain("secret");
  });

  test.each([
    ["an endless address", `GET /${"a".repeat(20_000)} HTTP/1.1`, "X: 1"],
    ["an endless header", "GET /livez HTTP/1.1", `X: ${"a".repeat(20_000)}`],
    ["endless headers", "GET /livez HTTP/1.1", "X: 1\r\n".repeat(4_000).trim()],
  ])("%s is too large", async (_what, request, header) => {
    expect(await sayRaw(request, header, ...close)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test.each([
    ["two lengths", "POST /api/auth/login HTTP/1.1", "Content-Length: 2\r\nContent-Length: 3"],
    ["a length and chunks", "POST / HTTP/1.1", "Content-Length: 2\r\nTransfer-Encoding: chunked"],
    ["the preface of HTTP/2", "PRI * HTTP/2.0", "X: 1"],
    ["no host", "GET /livez HTTP/1.1\r\nConnection: close", "X: 1"],
  ])("%s is no request", async (what, request, header) => {
    const said = await sayRaw(request, header, ...(what === "no host" ? [] : close));
    expect(said).toMatch(/^HTTP\/1\.1 400 /);
  });
});

test("serves https itself, and hands sockets on as such, when it is given a certificate", async () => {
  const file = (name: string) => fileURLToPath(new URL(`tls/${name}`, import.meta.url));
  const tls = { TLS_CERT_FILE: file("cert.pem"), TLS_KEY_FILE: file("key.pem") };
  const secured = await startServer({
    ...api.services,
    config: { ...api.services.config, ...tls },
  });
  expect(secured.url).toMatch(/^https:/);
  const ca = readFileSync(tls.TLS_CERT_FILE);
  const socket = new WebSocket(`${secured.url.replace("https", "wss")}/ws`, "darasa.v1", { ca });
  const seen = JSON.parse((await nextMessage(socket)).toString()) as unknown;
  expect(seen).toMatchObject({ scheme: "https" });
  socket.terminate();
  await secured.close();
});

test("a taken port is told", async () => {
  const config = { ...api.services.config, PORT: Number(new URL(server.url).port) };
  await expect(startServer({ ...api.services, config })).rejects.toMatchObject({
    code: "EADDRINUSE",
  });
});

test("closing cuts forwarded sockets and refuses new requests", async () => {
  const own = await startServer(api.services);
  const socket = new WebSocket(`${own.url.replace("http", "ws")}/ws`, "darasa.v1");
  await nextMessage(socket);
  const closed = once(socket, "close");
  await own.close();
  await closed;
  await expect(fetch(`${own.url}/livez`)).rejects.toThrow();
});

test("a body that is declared larger than allowed is refused before it is sent", async () => {
  const response = await fetch(`${server.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "x".repeat(1_000_000),
  });
  expect(response.status).toBe(413);
});

test("who sends the headers byte by byte is cut after some 10 s", async () => {
  const { hostname, port } = new URL(server.url);
  const socket = connectTcp(Number(port), hostname);
  const startedAtMs = performance.now();
  socket.write("GET /ws HTTP/1.1\r\nHost: slow\r\n");
  const dripping = setInterval(() => socket.write("X"), 500);
  socket.on("error", () => undefined).resume();
  await once(socket, "close");
  clearInterval(dripping);
  expect(performance.now() - startedAtMs).toBeLessThan(15_000);
});
