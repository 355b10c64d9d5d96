import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** A wire between browser and server that a test can cut, as a thin network would. */
export interface CuttableNetwork {
  readonly baseUrl: string;
  /** Drops every connection and refuses new ones until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Listens on a port of its own and carries bytes to and from `targetUrl`. */
export async function openCuttableNetwork(targetUrl: string): Promise<CuttableNetwork> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let whole = true;
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    // A cut socket errors on both sides; that is what it is for.
    socket.on("error", () => socket.destroy());
  };
  const server = createServer((near) => {
    keep(near);
    if (!whole) {
      near.resetAndDestroy();
      return;
    }
    const far = connect(Number(target.port), "127.0.0.1");
    keep(far);
    near.pipe(far).pipe(near);
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    baseUrl: `http://localhost:${String((server.address() as AddressInfo).port)}`,
    cut: () => {
      whole = false;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    mend: () => {
      whole = true;
    },
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
