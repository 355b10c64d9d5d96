import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { createProxyServer } from "httpxy";
import { readRequestOrigin } from "./middleware/requestOrigin.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import type { Services } from "./services.ts";

/** Paths that realtime answers. */
const realtimePaths = /^\/(ws|yjs\/[^/?]+)(\?|$)/;
const upgradeTimeoutMs = 10_000;

/**
 * Whether the request wants a WebSocket where there is one. Any other wish to change the protocol is ignored, and the
 * request answered as if it had none (RFC 9110 §7.8).
 */
export function isForRealtime({ url = "", headers }: IncomingMessage): boolean {
  return realtimePaths.test(url) && headers.upgrade?.toLowerCase() === "websocket";
}

/** Hands WebSocket upgrades on; as `upgrade` listener of the server. */
export interface UpgradeForwarder {
  forward(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Cuts all forwarded connections: their clients come back by themselves. */
  close(): void;
}

/**
 * Forwards upgrades of `/ws` and `/yjs/<document>` to realtime, with the address, scheme and host that the
 * browser came with; whatever a client wrote into those headers itself is replaced.
 */
export function makeUpgradeForwarder(services: Pick<Services, "config" | "log">): UpgradeForwarder {
  const { config, log } = services;
  const isTrusted = makeTrustedProxies(config.TRUSTED_PROXIES);
  const proxy = createProxyServer({ xfwd: true, upgradeTimeout: upgradeTimeoutMs });
  // Where there are several gateways a proxy in front chooses among them, and nothing comes by here.
  const [target] = config.REALTIME_URL;
  /** Open sockets, with the bytes that were written to them before the upgrade. */
  const open = new Map<Duplex, number>();

  proxy.on("error", (error, _request, socket) => {
    if (!(socket instanceof Socket)) return;
    // After the upgrade this is one side's connection breaking off: the other's end follows.
    if (socket.bytesWritten !== open.get(socket)) return;
    log("warn", "realtime could not be reached for a WebSocket", { error });
    refuse(socket, "502 Bad Gateway");
  });

  return {
    forward(request, socket, head) {
      // A peer that vanishes is no event: the pipe ends with it.
      socket.on("error", () => undefined);
      if (!(socket instanceof Socket)) {
        socket.destroy();
        return;
      }
      open.set(socket, socket.bytesWritten);
      socket.once("close", () => open.delete(socket));
      rewriteForwardedHeaders(request, isTrusted);
      void proxy.ws(request, socket, { target }, head);
    },
    close() {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

function refuse(socket: Duplex, status: string): void {
  if (!socket.writable) return;
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function rewriteForwardedHeaders(
  request: IncomingMessage,
  isTrusted: ReturnType<typeof makeTrustedProxies>,
): void {
  const socket = request.socket as Partial<TLSSocket>;
  const peer = { address: socket.remoteAddress ?? "", encrypted: socket.encrypted === true };
  const origin = readRequestOrigin(request.headers, peer, isTrusted);
  request.headers["x-forwarded-for"] = origin.clientAddress;
  request.headers["x-forwarded-host"] = origin.host;
  request.headers["x-forwarded-proto"] = origin.scheme;
  delete request.headers["x-forwarded-port"];
}
