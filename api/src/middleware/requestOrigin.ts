import type { IncomingHttpHeaders } from "node:http";
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
 * is the last that is not itself a trusted proxy: everything left of it the client can have written.
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
    clientAddress: clientAmong(headers["x-forwarded-for"], isTrusted) ?? direct.clientAddress,
    scheme: proto === undefined ? direct.scheme : /^(https|wss)$/.test(proto) ? "https" : "http",
    host: lastOf(headers["x-forwarded-host"]) ?? direct.host,
  };
}

function clientAmong(
  forwardedFor: string | string[] | undefined,
  isTrusted: IsTrustedProxy,
): string | undefined {
  const addresses = listOf(forwardedFor).map(plainAddress);
  return addresses.findLast((address) => !isTrusted(address)) ?? addresses[0];
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
