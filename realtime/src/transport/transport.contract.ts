import { createConnection } from "node:net";
import { closeReasons } from "@darasa/protocol";
import { afterEach, expect, test, vi } from "vitest";
import { WebSocket } from "ws";
import type { Channel, Frame } from "../publish/publisher.ts";
import { makeTrustedProxies } from "./remoteAddress.ts";
import { createStrangers } from "./strangers.ts";
import type {
  Connection,
  ConnectionHandler,
  Route,
  Transport,
  UpgradeRequest,
} from "./transport.ts";
import type { TransportOptions } from "./transportOptions.ts";
import { createUpgradeRate } from "./upgradeRate.ts";
import type { UpgradePolicy } from "./upgrade.ts";

interface Opened {
  readonly connection: Connection;
  readonly request: UpgradeRequest;
  readonly received: Frame[];
  readonly closed: number[];
}

interface Running {
  readonly transport: Transport;
  readonly port: number;
  readonly opened: Opened[];
  readonly refused: number[];
  readonly closed: number[];
}

const room = "room:one" as Channel;
const otherRoom = "room:two" as Channel;
const maxStallMs = 500;
const pingAfterMs = 400;
const makeRate = (burst: number) =>
  createUpgradeRate({ perSecond: 1, burst, maxAddresses: 10 }, () => performance.now());
const route = { subprotocol: null, tooLargeReply: null, maxBackpressureBytes: 1024 * 1024 };

/** What either library must do, so that nothing above the transport knows which one carries it. */
export function describeTransport(make: (options: TransportOptions) => Transport): void {
  const cleanups: (() => unknown)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });

  async function run(policy: Partial<UpgradePolicy> = {}): Promise<Running> {
    const opened: Opened[] = [];
    const refused: number[] = [];
    const closed: number[] = [];
    const handler: ConnectionHandler = {
      opened(connection, request) {
        const one: Opened = { connection, request, received: [], closed: [] };
        opened.push(one);
        return {
          received: (frame) => one.received.push(frame),
          closed: (code) => one.closed.push(code),
        };
      },
    };
    const routes: Route[] = [
      {
        ...route,
        path: "/ws",
        subprotocol: "darasa.v1",
        maxFrameBytes: 1_000,
        tooLargeReply: "too large",
        handler,
      },
      { ...route, path: "/yjs", maxFrameBytes: 4_000, handler },
    ];
    const transport = make({
      routes,
      policy: {
        publicOrigin: null,
        trustedProxies: makeTrustedProxies("127.0.0.1"),
        strangers: createStrangers({ perAddress: 2, total: 3 }),
        upgradeRate: makeRate(1_000),
        ...policy,
      },
      maxStallMs,
      pingAfterMs,
      observer: {
        opened: () => undefined,
        closed: (code) => closed.push(code),
        refused: (status) => refused.push(status),
      },
      pages: (method, path) =>
        Promise.resolve({
          status: path === "/readyz" ? 200 : 404,
          contentType: "text/plain",
          body: `${method} ${path}`,
        }),
    });
    const port = await transport.listen("127.0.0.1", 0);
    cleanups.push(() => transport.close());
    return { transport, port, opened, refused, closed };
  }

  function dial(
    { port }: Running,
    {
      path = "/ws",
      headers = {},
      protocols = path.startsWith("/yjs") ? [] : ["darasa.v1"],
    }: DialOptions = {},
  ): WebSocket {
    const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, { headers });
    cleanups.push(() => socket.terminate());
    return socket;
  }

  async function connect(
    running: Running,
    options: DialOptions = {},
  ): Promise<[WebSocket, Opened]> {
    const before = running.opened.length;
    const socket = dial(running, options);
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return [socket, await vi.waitFor(() => defined(running.opened[before]))];
  }

  async function statusOf(socket: WebSocket): Promise<number | undefined> {
    return new Promise((resolve) => {
      socket.on("error", () => undefined);
      socket.once("open", () => resolve(101));
      socket.once("unexpected-response", (_request, response) => resolve(response.statusCode));
    });
  }

  test("text and bytes go both ways, in order", async () => {
    const [socket, opened] = await connect(await run(), { path: "/yjs/one?ticket=t" });
    const got = collect(socket);
    socket.send("hello");
    socket.send(Uint8Array.of(1, 2, 3));
    await vi.waitFor(() => expect(opened.received).toEqual(["hello", Uint8Array.of(1, 2, 3)]));
    opened.connection.send("héllo");
    opened.connection.send(Uint8Array.of(4, 5));
    await vi.waitFor(() => expect(got).toEqual(["héllo", Buffer.from([4, 5])]));
  });

  test("bytes that were received stay as they were", async () => {
    const [socket, opened] = await connect(await run(), { path: "/yjs/one" });
    for (let byte = 0; byte < 50; byte += 1) socket.send(new Uint8Array(500).fill(byte));
    await vi.waitFor(() => expect(opened.received).toHaveLength(50));
    opened.received.forEach((frame, byte) => {
      expect(frame).toEqual(new Uint8Array(500).fill(byte));
    });
  });

  test("the handler learns the document as it was written, the ticket and the address", async () => {
    const [, opened] = await connect(await run(), { path: "/yjs/a%2Fb?ticket=x%2By&other=1" });
    expect(opened.request).toEqual({
      document: "a%2Fb",
      ticket: "x+y",
      remoteAddress: "127.0.0.1",
    });
  });

  test("what is published reaches the subscribers of the channel only", async () => {
    const running = await run({ strangers: createStrangers({ perAddress: 9, total: 9 }) });
    const [one, openedOne] = await connect(running);
    const [two, openedTwo] = await connect(running);
    const [three, openedThree] = await connect(running);
    openedOne.connection.subscribe(room);
    openedTwo.connection.subscribe(room);
    openedThree.connection.subscribe(otherRoom);
    const got = [one, two, three].map(collect);
    running.transport.publish(room, "first");
    openedTwo.connection.unsubscribe(room);
    running.transport.publish(room, "second");
    running.transport.publish(otherRoom, Uint8Array.of(7));
    await vi.waitFor(() => {
      expect(got).toEqual([["first", "second"], ["first"], [Buffer.from([7])]]);
    });
  });

  test("[R4] subscribing brings what is published from then on and nothing from before", async () => {
    const running = await run();
    const [socket, { connection }] = await connect(running);
    const got = collect(socket);
    running.transport.publish(room, "before");
    connection.send("replay");
    connection.subscribe(room);
    running.transport.publish(room, "after");
    connection.send("later");
    await vi.waitFor(() => expect(got).toContain("later"));
    expect(got).toEqual(["replay", "after", "later"]);
  });

  test("what is sent soon comes once, in order with what is sent and published", async () => {
    const running = await run();
    const [one, openedOne] = await connect(running);
    const [two, openedTwo] = await connect(running);
    for (const { connection } of [openedOne, openedTwo]) connection.subscribe(room);
    const got = [one, two].map(collect);
    openedOne.connection.sendSoon("ack of one");
    openedTwo.connection.sendSoon("ack of two");
    running.transport.publish(room, "push");
    openedOne.connection.sendSoon("again");
    openedOne.connection.send("at once");
    await vi.waitFor(() => {
      expect(got).toEqual([
        ["ack of one", "push", "again", "at once"],
        ["ack of two", "push"],
      ]);
    });
  });

  test("a peer to whom nothing goes is asked again and again for a sign of life", async () => {
    const running = await run();
    const [socket] = await connect(running);
    let pings = 0;
    socket.on("ping", () => (pings += 1));
    await vi.waitFor(() => expect(pings).toBeGreaterThan(1), { timeout: 5_000 });
  });

  test("a ping goes with what was published, and after it", async () => {
    const running = await run();
    const [socket, opened] = await connect(running);
    const { connection } = opened;
    connection.subscribe(room);
    const got: string[] = [];
    socket.on("message", (data: Buffer) => got.push(data.toString()));
    socket.on("ping", () => got.push("ping"));
    running.transport.publish(room, "head");
    connection.ping();
    running.transport.publish(room, "next");
    await vi.waitFor(() => expect(got).toContain("next"));
    expect(got.slice(0, 3)).toEqual(["head", "ping", "next"]);
    socket.terminate();
    await vi.waitFor(() => expect(opened.closed).toHaveLength(1));
    connection.ping();
  });

  test("[L4] a peer that does not read what is sent soon is cut", async () => {
    const running = await run();
    const [slow, opened] = await connect(running);
    slow.pause();
    const page = "x".repeat(32 * 1024);
    await vi.waitFor(
      () => {
        for (let count = 0; count < 50; count += 1) opened.connection.sendSoon(page);
        expect(opened.closed).toHaveLength(1);
      },
      { timeout: 15_000, interval: 5 },
    );
    opened.connection.sendSoon("late");
    expect(running.closed).toEqual([closeReasons.slow.code]);
  });

  test("what is published outside of any socket's turn arrives at once", async () => {
    const running = await run();
    const [socket, { connection }] = await connect(running);
    connection.subscribe(room);
    const got = collect(socket);
    for (const schedule of [setImmediate, setTimeout, queueMicrotask]) {
      const before = got.length;
      schedule(() => running.transport.publish(room, "tick"));
      await vi.waitFor(() => expect(got.length).toBe(before + 1), { timeout: 500, interval: 5 });
    }
  });

  test("[C1] a close brings its code and reason, and the listener hears it once, afterwards", async () => {
    const running = await run();
    const [socket, opened] = await connect(running);
    const over = ending(socket);
    opened.connection.close(closeReasons.forbidden);
    expect(opened.closed).toEqual([]);
    opened.connection.close(closeReasons.internal);
    expect(await over).toEqual([4403, "access ended"]);
    await vi.waitFor(() => expect(opened.closed).toEqual([4403]));
    expect(running.closed).toEqual([4403]);
  });

  test("everything may be called after the close", async () => {
    const running = await run();
    const [socket, opened] = await connect(running);
    socket.terminate();
    await vi.waitFor(() => expect(opened.closed).toEqual([1006]));
    const { connection } = opened;
    connection.send("late");
    connection.subscribe(room);
    connection.unsubscribe(room);
    connection.close(closeReasons.slow);
    connection.admitted();
    await connection.drained();
    expect(connection.bufferedBytes()).toBe(0);
    running.transport.publish(room, "late");
    expect(opened.closed).toEqual([1006]);
  });

  test("nothing is received after the server closed", async () => {
    const [socket, opened] = await connect(await run());
    opened.connection.close(closeReasons.forbidden);
    socket.send("late");
    await ending(socket);
    expect(opened.received).toEqual([]);
  });

  test("[F3] the longest frame passes; one byte more is told so and closed with 1009", async () => {
    const [socket, opened] = await connect(await run());
    const got = collect(socket);
    const over = ending(socket);
    socket.send("é".repeat(500));
    await vi.waitFor(() => expect(opened.received).toEqual(["é".repeat(500)]));
    socket.send(`${"é".repeat(500)}x`);
    expect(await over).toEqual([1009, "frame too large"]);
    expect(got).toEqual(["too large"]);
    expect(opened.received).toHaveLength(1);
  });

  test("a frame far beyond the limit ends the connection without being kept", async () => {
    const [socket, opened] = await connect(await run());
    socket.send("x".repeat(100_000));
    await vi.waitFor(() => expect(opened.closed).toHaveLength(1));
    expect(opened.received).toEqual([]);
  });

  test("text that is not UTF-8 ends the connection", async () => {
    const [socket, opened] = await connect(await run());
    socket.send(Buffer.from([0xff, 0xfe]), { binary: false });
    await vi.waitFor(() => expect(opened.closed).toHaveLength(1));
    expect(opened.received).toEqual([]);
  });

  test("[L4] a peer that does not read is cut, its memory stays bounded, others go on", async () => {
    const running = await run();
    const [slow, opened] = await connect(running);
    slow.pause();
    const page = "x".repeat(64 * 1024);
    let most = 0;
    await vi.waitFor(
      () => {
        for (let page_ = 0; page_ < 50; page_ += 1) opened.connection.send(page);
        most = Math.max(most, opened.connection.bufferedBytes());
        expect(opened.closed).toHaveLength(1);
      },
      { timeout: 15_000, interval: 5 },
    );
    expect(most).toBeLessThan(1024 * 1024 + 3 * page.length);
    expect([closeReasons.slow.code, 1006]).toContain(opened.closed[0]);
  });

  test("[L4] a subscriber that does not read is cut, not passed over", async () => {
    const running = await run();
    const [slow, opened] = await connect(running);
    opened.connection.subscribe(room);
    slow.pause();
    const page = "x".repeat(32 * 1024);
    await vi.waitFor(
      () => {
        for (let count = 0; count < 50; count += 1) running.transport.publish(room, page);
        expect(opened.closed).toHaveLength(1);
      },
      { timeout: 15_000, interval: 5 },
    );
    expect(running.closed).toEqual([closeReasons.slow.code]);
  });

  test("[L4] a peer that takes nothing of what waits for it is cut after a while", async () => {
    const running = await run();
    const [stuck, opened] = await connect(running);
    const [reading, other] = await connect(running);
    reading.resume();
    const waitingBytes = await fill(stuck, opened.connection);
    other.connection.send("something");
    await vi.waitFor(() => expect(opened.closed).toHaveLength(1), { timeout: 5_000 });
    expect(waitingBytes).toBeLessThan(route.maxBackpressureBytes);
    expect(running.closed).toEqual([closeReasons.slow.code]);
    expect(other.closed).toEqual([]);
  });

  test("[L4] a peer that reads slowly is not cut, though ever more waits for it", async () => {
    const running = await run();
    const [slow, { connection, closed }] = await connect(running);
    connection.subscribe(room);
    await fill(slow, connection);
    const endsAtMs = performance.now() + 4 * maxStallMs;
    while (performance.now() < endsAtMs) {
      while (connection.bufferedBytes() < 512 * 1024) running.transport.publish(room, page);
      await read(slow, 30);
      await new Promise((resolve) => setTimeout(resolve, maxStallMs / 10));
    }
    expect(closed).toEqual([]);
  });

  test("drained resolves when the peer has read on", async () => {
    const [socket, { connection }] = await connect(await run());
    await connection.drained();
    socket.pause();
    const page = "x".repeat(64 * 1024);
    await vi.waitFor(
      () => {
        connection.send(page);
        expect(connection.bufferedBytes()).toBeGreaterThan(0);
      },
      { interval: 1, timeout: 15_000 },
    );
    const drained = connection.drained();
    socket.resume();
    await drained;
    expect(connection.bufferedBytes()).toBe(0);
  });

  test("[F1] an upgrade without the subprotocol is 400; with it, it is chosen", async () => {
    const running = await run();
    expect(await statusOf(dial(running, { protocols: [] }))).toBe(400);
    expect(await statusOf(dial(running, { protocols: ["darasa.v9"] }))).toBe(400);
    const [socket] = await connect(running, { protocols: ["other", "darasa.v1"] });
    expect(socket.protocol).toBe("darasa.v1");
    expect(running.refused).toEqual([400, 400]);
  });

  test("an unknown path is no WebSocket", async () => {
    const running = await run();
    expect(await statusOf(dial(running, { path: "/other" }))).toBe(404);
    expect(await statusOf(dial(running, { path: "/wsx" }))).toBe(404);
  });

  test("[F2] without a public origin, a page of another host is refused before the upgrade", async () => {
    const running = await run({ strangers: createStrangers({ perAddress: 9, total: 9 }) });
    const own = `127.0.0.1:${running.port}`;
    const status = (headers: Record<string, string>) => statusOf(dial(running, { headers }));
    expect(await status({ origin: "https://evil.example" })).toBe(403);
    expect(await status({ origin: "null" })).toBe(403);
    expect(await status({ origin: `http://${own}.evil.example` })).toBe(403);
    expect(await status({ "user-agent": "Mozilla/5.0" })).toBe(403);
    expect(await status({ origin: `http://${own}` })).toBe(101);
    const forwarded = { "x-forwarded-host": "school.example", origin: "https://school.example" };
    expect(await status(forwarded)).toBe(101);
    expect(running.refused).toEqual([403, 403, 403, 403]);
  });

  test("[F2] with a public origin exactly that one is allowed", async () => {
    const running = await run({ publicOrigin: "https://school.example" });
    const status = (origin: string) => statusOf(dial(running, { headers: { origin } }));
    expect(await status("https://school.example.evil")).toBe(403);
    expect(await status("http://school.example")).toBe(403);
    expect(await status(`http://127.0.0.1:${running.port}`)).toBe(403);
    expect(await status("https://school.example")).toBe(101);
  });

  test("[L3] strangers are bounded per address and in all; the admitted do not count", async () => {
    const running = await run();
    const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
    const [first] = await connect(running, from("198.51.100.1"));
    const [, admitted] = await connect(running, from("198.51.100.1"));
    expect(await statusOf(dial(running, from("198.51.100.1")))).toBe(429);
    admitted.connection.admitted();
    await connect(running, from("198.51.100.1"));
    await connect(running, from("198.51.100.2"));
    expect(await statusOf(dial(running, from("198.51.100.3")))).toBe(429);
    first.terminate();
    await vi.waitFor(async () => {
      expect(await statusOf(dial(running, from("198.51.100.3")))).toBe(101);
    });
  });

  test("[L5] an address that opens too many connections is told to wait, another is not", async () => {
    const strangers = createStrangers({ perAddress: 9, total: 9 });
    const running = await run({ strangers, upgradeRate: makeRate(2) });
    const from = (address: string) => ({ headers: { "x-forwarded-for": address } });
    await connect(running, from("198.51.100.1"));
    await connect(running, from("198.51.100.1"));
    expect(await statusOf(dial(running, from("198.51.100.1")))).toBe(429);
    await connect(running, from("198.51.100.2"));
    expect(running.refused).toEqual([429]);
  });

  test("[L3] an upgrade that never becomes a WebSocket gives its place back", async () => {
    const running = await run({ strangers: createStrangers({ perAddress: 1, total: 1 }) });
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const raw = createConnection(running.port, "127.0.0.1");
      raw.write(
        "GET /ws HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n" +
          "sec-websocket-protocol: darasa.v1\r\nsec-websocket-version: 13\r\nsec-websocket-key: no\r\n\r\n",
      );
      await new Promise((resolve) => raw.once("data", resolve));
      raw.destroy();
    }
    await vi.waitFor(async () => expect(await statusOf(dial(running))).toBe(101));
  });

  test("plain GETs are answered, also while no new WebSockets are taken", async () => {
    const running = await run();
    const [socket] = await connect(running);
    running.transport.stopAccepting();
    const answer = await fetch(`http://127.0.0.1:${running.port}/readyz?x=1`);
    expect([answer.status, await answer.text()]).toEqual([200, "GET /readyz"]);
    expect(await statusOf(dial(running))).toBe(503);
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  test("[C1] at the end all are told that the server restarts", async () => {
    const running = await run();
    const sockets = [await connect(running), await connect(running)];
    const endings = sockets.map(([socket]) => ending(socket));
    await running.transport.close();
    cleanups.splice(0);
    expect(await Promise.all(endings)).toEqual(
      sockets.map(() => [closeReasons.shutdown.code, closeReasons.shutdown.reason]),
    );
    expect(sockets.map(([, opened]) => opened.closed)).toEqual([[1001], [1001]]);
  });

  test("a port that is taken is an error", async () => {
    const running = await run();
    const second = make(optionsWithoutRoutes);
    await expect(second.listen("127.0.0.1", running.port)).rejects.toThrow();
    cleanups.push(() => second.close());
  });
}

interface DialOptions {
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly protocols?: string[];
}

const optionsWithoutRoutes: TransportOptions = {
  routes: [],
  policy: {
    publicOrigin: null,
    trustedProxies: makeTrustedProxies(""),
    strangers: createStrangers({ perAddress: 1, total: 1 }),
    upgradeRate: makeRate(1),
  },
  maxStallMs,
  pingAfterMs,
  observer: { opened: () => undefined, closed: () => undefined, refused: () => undefined },
  pages: () => Promise.resolve({ status: 404, contentType: "text/plain", body: "" }),
};

function defined<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("not there yet");
  return value;
}

function collect(socket: WebSocket): (string | Buffer)[] {
  const got: (string | Buffer)[] = [];
  socket.on("message", (data: Buffer, isBinary) => got.push(isBinary ? data : data.toString()));
  return got;
}

const page = "x".repeat(16 * 1024);

/** Lets it read no more, and sends until the network does not take a single byte more; how much waits. */
async function fill(socket: WebSocket, connection: Connection): Promise<number> {
  socket.pause();
  await vi.waitFor(
    () => {
      const before = connection.bufferedBytes();
      connection.send(page);
      const wasTaken = before === 0 || connection.bufferedBytes() < before + page.length;
      while (connection.bufferedBytes() < 128 * 1024) connection.send(page);
      if (wasTaken) throw new Error("the network took more");
    },
    { timeout: 15_000, interval: maxStallMs / 5 },
  );
  return connection.bufferedBytes();
}

/** Reads so many messages and then no more. */
async function read(socket: WebSocket, count: number): Promise<void> {
  let left = count;
  const listen = (): void => {
    left -= 1;
    if (left === 0) socket.pause();
  };
  socket.on("message", listen).resume();
  await vi.waitFor(() => expect(left).toBeLessThanOrEqual(0), { interval: 1, timeout: 5_000 });
  socket.off("message", listen);
}

function ending(socket: WebSocket): Promise<[number, string]> {
  return new Promise((resolve) => {
    socket.once("close", (code, reason) => resolve([code, reason.toString()]));
  });
}
