import { createHash, timingSafeEqual } from "node:crypto";
import type { PageCaller } from "../transport/httpPages.ts";

export type OperatorVerdict = "allowed" | "unauthenticated" | "hidden";

/**
 * Whether figures may be shown: to programs of this machine that no proxy speaks for, and to whoever has the token. They tell
 * of no person, but of how much goes on at a school. Without a token they are hidden from all others.
 */
export function authorizeOperator(caller: PageCaller, token: string | null): OperatorVerdict {
  if (isLoopback(caller.peerAddress) && caller.forwardedFor === "") return "allowed";
  if (token === null) return "hidden";
  const [scheme = "", given = ""] = caller.authorization.split(" ");
  return scheme.toLowerCase() === "bearer" && isSame(given, token) ? "allowed" : "unauthenticated";
}

function isLoopback(address: string): boolean {
  return address.startsWith("127.") || address === "::1";
}

/** As long for every guess. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
