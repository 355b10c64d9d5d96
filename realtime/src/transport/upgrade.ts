import type { Route, UpgradeRefusal, UpgradeRequest } from "./transport.ts";
import { clientAddress, isTrusted, shortAddress, type TrustedProxies } from "./remoteAddress.ts";
import type { Strangers } from "./strangers.ts";
import type { UpgradeRate } from "./upgradeRate.ts";

/** The upgrade request, however the library gives it. `header` takes lower-case names; absent is "". */
export interface UpgradeFacts {
  readonly path: string;
  readonly query: string;
  readonly peerAddress: string;
  header(name: string): string;
}

/** Whom the gateway takes connections from. */
export interface UpgradePolicy {
  /** The one origin that is allowed; null: any whose host is the request's own (SPEC F2). */
  readonly publicOrigin: string | null;
  readonly trustedProxies: TrustedProxies;
  readonly strangers: Strangers;
  readonly upgradeRate: UpgradeRate;
}

/** An upgrade that may go on; whoever takes it gives its place among strangers back. */
export interface AcceptedUpgrade {
  readonly ok: true;
  readonly route: Route;
  readonly request: UpgradeRequest;
  /** The place taken among strangers. */
  readonly stranger: string | null;
}

export type UpgradeVerdict =
  | AcceptedUpgrade
  | { readonly ok: false; readonly status: 400 | 403 | 404 | 429; readonly reason: UpgradeRefusal };

/** Decides before the upgrade; a refusal never becomes a WebSocket. Takes a place among strangers. */
export function judgeUpgrade(
  facts: UpgradeFacts,
  routes: readonly Route[],
  policy: UpgradePolicy,
): UpgradeVerdict {
  const found = findRoute(facts.path, routes);
  if (found === null) return refuse(404, "path");
  if (!isOriginAllowed(facts, policy)) return refuse(403, "origin");
  if (!offersProtocol(facts, found.route.subprotocol)) return refuse(400, "protocol");
  const peer = shortAddress(facts.peerAddress);
  const forwardedFor = facts.header("x-forwarded-for");
  const remoteAddress = clientAddress(peer, forwardedFor, policy.trustedProxies);
  // A proxy that forwards no address stands for everybody behind it: only the total binds it.
  const stranger = isTrusted(policy.trustedProxies, remoteAddress) ? null : remoteAddress;
  if (stranger !== null && !policy.upgradeRate.take(stranger)) return refuse(429, "rate");
  if (!policy.strangers.enter(stranger)) return refuse(429, "strangers");
  const request = { document: found.document, ticket: ticketIn(facts.query), remoteAddress };
  return { ok: true, route: found.route, request, stranger };
}

function refuse(status: 400 | 403 | 404 | 429, reason: UpgradeRefusal): UpgradeVerdict {
  return { ok: false, status, reason };
}

function ticketIn(query: string): string {
  return query === "" ? "" : (new URLSearchParams(query).get("ticket") ?? "");
}

function findRoute(
  path: string,
  routes: readonly Route[],
): { route: Route; document: string } | null {
  for (const route of routes) {
    if (route.path === "/ws" && path === "/ws") return { route, document: "" };
    if (route.path === "/yjs" && path.startsWith("/yjs/")) {
      return { route, document: path.slice("/yjs/".length) };
    }
  }
  return null;
}

function offersProtocol(facts: UpgradeFacts, subprotocol: string | null): boolean {
  if (subprotocol === null) return true;
  const offered = facts.header("sec-websocket-protocol").split(",");
  return offered.some((name) => name.trim() === subprotocol);
}

/**
 * Browsers always send an Origin with a WebSocket (RFC 6455 §4.1), so that a page elsewhere cannot use a
 * person's connection; programs that are no browser need none.
 */
function isOriginAllowed(facts: UpgradeFacts, policy: UpgradePolicy): boolean {
  const origin = facts.header("origin");
  if (origin === "") return !facts.header("user-agent").startsWith("Mozilla/");
  if (policy.publicOrigin !== null) return origin === policy.publicOrigin;
  const host = ownHost(facts, policy.trustedProxies);
  return host !== "" && (origin === `http://${host}` || origin === `https://${host}`);
}

function ownHost(facts: UpgradeFacts, trusted: TrustedProxies): string {
  const forwarded = facts.header("x-forwarded-host");
  const believed = forwarded !== "" && isTrusted(trusted, shortAddress(facts.peerAddress));
  return (believed ? forwarded : facts.header("host")).toLowerCase();
}
