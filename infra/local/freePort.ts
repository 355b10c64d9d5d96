import { createServer } from "node:net";

/** A TCP port of `host` that nobody listens on at this moment. */
export async function findFreePort(host: string): Promise<number> {
  return listenOnce(host, 0);
}

/** Whether one could listen on `port` of `host` at this moment. */
export async function isPortFree(host: string, port: number): Promise<boolean> {
  return listenOnce(host, port).then(
    () => true,
    () => false,
  );
}

function listenOnce(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const found = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve(found));
    });
  });
}
