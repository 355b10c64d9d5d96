import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import { createProxyServer } from "httpxy";
import { readRequestOrigin } from "./middleware/requestOrigin.ts";
import { makeTrustedProxies } from "./middleware/trustedProxies.ts";
import type { Services } from "./services.ts";

/** Paths that realtime answers. */
const isForRealtime = /^\/(ws|yjs\/[^/?]+)(\?|$)/;
const upgradeTimeoutMs = 10_000;

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
  const open = new Set<Duplex>();

  const refuse = (socket: Duplex, status: string) => {
    socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  };

  return {
    forward(request, socket, head) {
      // A peer that vanishes is no event: the pipe ends with it.
      socket.on("error", () => undefined);
      if (!(socket instanceof Socket) || !isForRealtime.test(request.url ?? "")) {
        refuse(socket, "404 Not Found");
        return;
      }
      open.add(socket);
      socket.once("close", () => open.delete(socket));
      rewriteForwardedHeaders(request, isTrusted);
      proxy.ws(request, socket, { target: config.REALTIME_URL }, head).catch((error: unknown) => {
        log("warn", "realtime could not be reached for a WebSocket", { error });
        if (socket.writable) refuse(socket, "502 Bad Gateway");
      });
    },
    close() {
      for (const socket of open) socket.destroy();
    },
  };
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
