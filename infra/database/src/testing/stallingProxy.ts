import { createServer, connect, type Socket } from "node:net";
import { once } from "node:events";

/** A TCP way to Postgres that can be cut or frozen, as networks and servers are. */
export interface StallingProxy {
  /** The same url by this way. */
  readonly url: string;
  /** From now on nothing passes and nothing closes; new connections are taken and hear nothing. */
  freeze(): void;
  /** Undoes `freeze` for new connections. */
  thaw(): void;
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
  const server = createServer((socket) => {
    keep(socket);
    clients.add(socket);
    socket.on("close", () => clients.delete(socket));
    if (frozen) return;
    const upstream = connect(Number(target.port), target.hostname);
    keep(upstream);
    socket.on("data", (bytes) => !frozen && upstream.write(bytes));
    upstream.on("data", (bytes) => !frozen && socket.write(bytes));
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
