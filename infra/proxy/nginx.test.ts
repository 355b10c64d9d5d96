import { findTestProgram } from "@darasa/database/testing";
import { once } from "node:events";
import { readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkConfiguration, copyConfiguration, startNginx, type Nginx } from "./startNginx.ts";

const found = findTestProgram("nginx");
const binary = "path" in found ? found.path : "";
const reason = "missing" in found ? ` (skipped: ${found.missing})` : "";

/** A process behind the proxy that tells who it is and what it was asked. */
interface Behind {
  readonly address: string;
  readonly server: Server;
  stop(): Promise<void>;
}

interface Told {
  readonly who: string;
  readonly headers: Readonly<Record<string, string>>;
}

async function startBehind(who: string, port = 0): Promise<Behind> {
  const server = createServer((request, response) => {
    response.end(JSON.stringify({ who, headers: request.headers }));
  });
  server.on("upgrade", (request, socket) => {
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${JSON.stringify(
        { who, headers: request.headers },
      )}`,
    );
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const { port: taken } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${taken}`,
    server,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

describe.skipIf(binary === "")(`nginx in front of api and two gateways${reason}`, () => {
  let api: Behind;
  let nodes: Behind[];
  let nginx: Nginx;
  beforeAll(async () => {
    api = await startBehind("api");
    nodes = [await startBehind("one"), await startBehind("two")];
    nginx = await startNginx(binary, {
      api: [api.address],
      realtime: nodes.map(({ address }) => address),
    });
  });
  afterAll(async () => {
    await nginx.stop();
    await Promise.all([api, ...nodes].map((behind) => behind.stop()));
  });

  /** Asks for an upgrade as a browser does and reads what the process behind says. */
  async function open(path: string, headers: Record<string, string> = {}): Promise<Told> {
    const { hostname, port } = new URL(nginx.url);
    const socket = connect(Number(port), hostname);
    const lines = Object.entries({ Upgrade: "websocket", Connection: "Upgrade", ...headers });
    const asked = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
    socket.write(`GET ${path} HTTP/1.1\r\nHost: school.example\r\n${asked}\r\n`);
    let text = "";
    for await (const part of socket.setEncoding("utf8")) text += String(part);
    expect(text).toMatch(/^HTTP\/1\.1 101 /);
    return JSON.parse(text.slice(text.indexOf("\r\n\r\n") + 4)) as Told;
  }

  const board = (number: number) =>
    `/yjs/00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

  test("takes the configuration as it is shipped", async () => {
    const tls = fileURLToPath(new URL("../../api/test/tls", import.meta.url));
    const folder = await copyConfiguration((text) =>
      text
        .replaceAll(/\b(api|realtime-[12]):/g, "127.0.0.1:")
        .replaceAll("/etc/darasa/certificate-key.pem", `${tls}/key.pem`)
        .replaceAll("/etc/darasa/certificate.pem", `${tls}/cert.pem`),
    );
    const { ok, said } = checkConfiguration(binary, folder);
    await rm(folder, { recursive: true });
    expect(said).toContain("syntax is ok");
    expect(ok).toBe(true);
  });

  test("sends a board to one and the same gateway, whatever the ticket, and boards to both", async () => {
    const homes = new Set<string>();
    for (let number = 0; number < 12; number += 1) {
      const first = await open(`${board(number)}?ticket=a${number}`);
      const second = await open(`${board(number)}?ticket=b${number}`);
      expect(second.who).toBe(first.who);
      homes.add(first.who);
    }
    expect([...homes].sort()).toEqual(["one", "two"]);
  });

  test("sends sockets to the gateways and everything else to api", async () => {
    expect((await open("/ws")).who).toMatch(/^(one|two)$/);
    const answer = (await (await fetch(`${nginx.url}/api/me`)).json()) as Told;
    expect(answer.who).toBe("api");
  });

  test("tells who asks, and believes nobody about it", async () => {
    const { headers } = await open("/ws", { "X-Forwarded-For": "10.9.8.7" });
    expect(headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-host": "school.example",
      "x-forwarded-proto": "http",
    });
  });

  test("shows figures to nobody", async () => {
    expect((await fetch(`${nginx.url}/metrics`)).status).toBe(404);
  });

  test("writes no ticket into its log", async () => {
    await open(`${board(1)}?ticket=very-secret`);
    await expect.poll(() => nginx.log()).toContain(`GET ${board(1)}`);
    expect(await nginx.log()).not.toContain("very-secret");
  });

  test("nor the address that opens a recording", async () => {
    const answer = await fetch(`${nginx.url}/api/recording-files/very-secret`);
    expect(((await answer.json()) as Told).who).toBe("api");
    await fetch(`${nginx.url}/api/after-it`);
    await expect.poll(() => nginx.log()).toContain("/api/after-it");
    expect(await nginx.log()).not.toContain("very-secret");
  });

  test("a gateway that goes away leaves its boards to the other, and takes them again", async () => {
    const home = (await open(board(3))).who;
    const index = home === "one" ? 0 : 1;
    const gone = nodes[index];
    if (gone === undefined) throw new Error("there is no such gateway");
    await gone.stop();
    expect((await open(board(3))).who).toBe(home === "one" ? "two" : "one");
    nodes[index] = await startBehind(home, Number(gone.address.split(":")[1]));
    await expect.poll(async () => (await open(board(3))).who).toBe(home);
  });
});

test("Caddy hashes boards by their path alone, too", async () => {
  const text = await readFile(new URL("Caddyfile", import.meta.url), "utf8");
  expect(text).toMatch(
    /handle \/yjs\/\* \{\s+request_header X-Board \{path\}\s+reverse_proxy[^}]+lb_policy header X-Board/,
  );
});
