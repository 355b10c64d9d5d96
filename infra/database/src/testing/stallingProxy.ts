import { createServer, connect, type Socket } from "node:net";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";

/** A TCP way to Postgres that can be cut or frozen, as networks and servers are. */
export interface StallingProxy {
  /** The same url by this way. */
  readonly url: string;
  /** From now on nothing passes and nothing closes; new connections are taken and hear nothing. */
  freeze(): void;
  /** Undoes `freeze` for new connections. */
  thaw(): void;
  /** From now on every answer comes so much later; 0 for at once. */
  slow(latencyMs: number): void;
  /** Cuts all connections; new ones pass. */
  cut(): void;
  /** How many are connected at this moment. */
  readonly connections: number;
  close(): Promise<void>;
}

/** A proxy on a free port of this machine, in front of the server of `url`. */
export async function startStallingProxy(url: string): Promise<StallingProxy> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const clients = new Set<Socket>();
  let frozen = false;
  let latencyMs = 0;
  const server = createServer((socket) => {
    keep(socket);
    clients.add(socket);
    socket.on("close", () => clients.delete(socket));
    if (frozen) return;
    const upstream = connect(Number(target.port), target.hostname);
    keep(upstream);
    socket.on("data", (bytes) => !frozen && upstream.write(bytes));
    const answer = inOrder((bytes) => !frozen && !socket.destroyed && socket.write(bytes));
    upstream.on("data", (bytes) => answer(bytes, latencyMs));
    socket.on("close", () => upstream.destroy());
    upstream.on("close", () => socket.destroy());
  });
  function keep(socket: Socket): void {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
  }
  const cut = () => sockets.forEach((socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const proxied = new URL(url);
  proxied.port = String(typeof address === "object" ? address?.port : "");
  return {
    url: proxied.href,
    freeze: () => void (frozen = true),
    thaw: () => void (frozen = false),
    slow: (byMs) => void (latencyMs = byMs),
    cut,
    get connections() {
      return clients.size;
    },
    async close() {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

/** Gives each on after its time, and none before those that came before it. */
function inOrder(give: (bytes: Buffer) => void): (bytes: Buffer, latencyMs: number) => void {
  let before = Promise.resolve();
  let waiting = 0;
  return (bytes, latencyMs) => {
    if (waiting === 0 && latencyMs === 0) {
      give(bytes);
      return;
    }
    waiting += 1;
    const dueMs = performance.now() + latencyMs;
    before = before.then(async () => {
      await delay(Math.max(0, dueMs - performance.now()));
      waiting -= 1;
      give(bytes);
    });
  };
}
