import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { createApp } from "./app.ts";
import type { Config } from "./config.ts";
import { isForRealtime, makeUpgradeForwarder } from "./forwardUpgrades.ts";
import { makeSweepAbandoned, sweepIntervalMs } from "./liveClasses/sweepAbandoned.ts";
import { startMailSender } from "./mail/mailSender.ts";
import { keepMedia } from "./media/keepMedia.ts";
import { checkReadiness } from "./operations/checkReadiness.ts";
import { startRetention } from "./retention/startRetention.ts";
import type { Services } from "./services.ts";

/** Slow senders of headers and bodies are cut: they would hold connections for nothing. */
const connections = {
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  // Node looks for them every 30 s unless told otherwise, which would make 40 s of either.
  connectionsCheckingInterval: 1_000,
  keepAliveTimeout: 65_000,
  /** Of the address and all headers together; what is longer is answered with 431 (RFC 6585 §5). */
  maxHeaderSize: 16 * 1024,
  shouldUpgradeCallback: isForRealtime,
};
/** How long requests in flight may take to end at shutdown. */
const drainMs = 3_000;

/** A listening API. */
export interface RunningServer {
  /** Where it can be reached on this machine, with the real port. */
  readonly url: string;
  /** Stops listening, lets requests in flight finish for up to 3 s, then cuts the rest. */
  close(): Promise<void>;
}

/** Listens on HOST and PORT (0: any free one). Rejects when the port is taken. */
export async function startServer(services: Services): Promise<RunningServer> {
  const { config } = services;
  const app = createApp(services);
  const server = makeServer(config, getRequestListener(app.fetch));
  const forwarder = makeUpgradeForwarder(services);
  server.on("upgrade", (request, socket, head) => forwarder.forward(request, socket, head));
  await listen(server, config);
  const sweepAbandoned = makeSweepAbandoned(services, () => checkReadiness(services));
  const sweep = setInterval(() => void sweepAbandoned(), sweepIntervalMs);
  const mailSender = startMailSender(services);
  const retention = startRetention(services);
  const media = keepMedia(services);
  return {
    url: urlOf(server, config),
    async close() {
      clearInterval(sweep);
      forwarder.close();
      await Promise.all([drain(server), mailSender.close(), retention.close(), media.close()]);
    },
  };
}

function makeServer(config: Config, listener: ReturnType<typeof getRequestListener>): Server {
  const handle: Parameters<typeof createServer>[1] = (request, response) =>
    void listener(request, response);
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile } = config;
  if (certFile === undefined || keyFile === undefined) return createServer(connections, handle);
  return createTlsServer(
    { ...connections, cert: readFileSync(certFile), key: readFileSync(keyFile) },
    handle,
  );
}

function listen(server: Server, { HOST, PORT }: Config): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(PORT, HOST, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function urlOf(server: Server, config: Config): string {
  const { port } = server.address() as AddressInfo;
  const host = config.HOST.includes(":") ? `[${config.HOST}]` : config.HOST;
  return `${config.TLS_CERT_FILE === undefined ? "http" : "https"}://${host}:${port}`;
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearTimeout(cut);
}
