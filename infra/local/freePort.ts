import { createServer } from "node:net";
import { errorCode } from "./errorCode.ts";
import { PlainError } from "./plainError.ts";

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

/** @throws PlainError saying how to use another one, when `port` cannot be had. */
export async function refuseTakenPort(host: string, port: number): Promise<void> {
  await listenOnce(host, port).catch((error: unknown) => {
    throw new PlainError(portProblem(errorCode(error), host, port), { cause: error });
  });
}

function portProblem(code: string | null, host: string, port: number): string {
  const another = `Use another one: PORT=${port < 1024 ? 3000 : port + 100} npm start`;
  if (code === "EADDRINUSE") return `Port ${port} is taken by another program. ${another}`;
  if (code === "EACCES") return `Port ${port} is not open to ordinary users. ${another}`;
  return `HOST=${host} is not an address of this machine (${code ?? "no reason given"}).`;
}
