import type { IncomingHttpHeaders } from "node:http";
import { isIP } from "node:net";
import { plainAddress, type IsTrustedProxy } from "./trustedProxies.ts";

/** Where a request comes from and what its browser asked for, as far as the peer may be believed. */
export interface RequestOrigin {
  readonly clientAddress: string;
  readonly scheme: "http" | "https";
  readonly host: string;
}

/** What is known of a connection before its headers are believed. */
export interface Peer {
  readonly address: string;
  readonly encrypted: boolean;
}

/**
 * Reads `X-Forwarded-For`, `-Proto` and `-Host`, which count only from a trusted peer. Of the addresses it
 * is the last that is not itself a trusted proxy: everything left of it the client can have written. Beyond a
 * word that is no address (a port behind it, `unknown`) nothing is believed.
 */
export function readRequestOrigin(
  headers: IncomingHttpHeaders,
  peer: Peer,
  isTrusted: IsTrustedProxy,
): RequestOrigin {
  const direct: RequestOrigin = {
    clientAddress: plainAddress(peer.address),
    scheme: peer.encrypted ? "https" : "http",
    host: headers.host ?? "",
  };
  if (!isTrusted(peer.address)) return direct;
  const proto = lastOf(headers["x-forwarded-proto"]);
  return {
    clientAddress: clientBehind(direct.clientAddress, headers["x-forwarded-for"], isTrusted),
    scheme: proto === undefined ? direct.scheme : /^(https|wss)$/.test(proto) ? "https" : "http",
    host: lastOf(headers["x-forwarded-host"]) ?? direct.host,
  };
}

function clientBehind(
  peer: string,
  forwardedFor: string | string[] | undefined,
  isTrusted: IsTrustedProxy,
): string {
  let client = peer;
  for (const hop of listOf(forwardedFor).map(plainAddress).reverse()) {
    if (!isTrusted(client) || isIP(hop) === 0) break;
    client = hop;
  }
  return client;
}

function lastOf(header: string | string[] | undefined): string | undefined {
  return listOf(header).at(-1);
}

function listOf(header: string | string[] | undefined): string[] {
  return String(header ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
