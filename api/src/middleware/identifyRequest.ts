import type { IncomingHttpHeaders } from "node:http";
import type { TLSSocket } from "node:tls";
import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "../routing/apiEnv.ts";
import type { Services } from "../services.ts";
import { addressGroup } from "./addressGroup.ts";
import { readRequestOrigin } from "./requestOrigin.ts";
import { makeTrustedProxies, type IsTrustedProxy } from "./trustedProxies.ts";

const isLoopback = makeTrustedProxies(["127.0.0.0/8", "::1"]);

/** Gives every request its id, told in `X-Request-Id`, and notes where it comes from. */
export function identifyRequest(
  services: Pick<Services, "newId">,
  isTrusted: IsTrustedProxy,
): MiddlewareHandler<ApiEnv> {
  return async (http, next) => {
    const requestId = services.newId();
    const socket = http.env.incoming?.socket as Partial<TLSSocket> | undefined;
    const headers: IncomingHttpHeaders = http.env.incoming?.headers ?? http.req.header();
    // Called in-process, as tests do, there is no socket: that is this machine.
    const peer = {
      address: socket?.remoteAddress ?? "127.0.0.1",
      encrypted: socket?.encrypted === true,
    };
    const origin = readRequestOrigin(headers, peer, isTrusted);
    http.set("requestId", requestId);
    http.set("clientAddress", addressGroup(origin.clientAddress));
    http.set("isFromOperator", isTrusted(origin.clientAddress) || isLoopback(origin.clientAddress));
    http.set("scheme", origin.scheme);
    http.set("host", origin.host);
    http.set("routePath", "other");
    http.set("caller", null);
    await next();
    http.header("X-Request-Id", requestId);
  };
}
