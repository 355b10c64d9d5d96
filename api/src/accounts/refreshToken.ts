import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isUuid, type SchoolId } from "@darasa/protocol";
import type { SigningKeys } from "../tokens/signingKeys.ts";

const tokenBytes = 32;

/** The secret half of a sign-in: opaque bytes, of which the database knows only the hash. */
export interface RefreshToken {
  readonly schoolId: SchoolId;
  readonly bytes: Uint8Array;
}

/** The cookie's value: `<schoolId>.<base64url>`. */
export function encodeRefreshToken(token: RefreshToken): string {
  return `${token.schoolId}.${Buffer.from(token.bytes).toString("base64url")}`;
}

/** The token of a cookie's value, or null when it is not one. Says nothing of whether it is worth anything. */
export function decodeRefreshToken(cookie: string): RefreshToken | null {
  const dot = cookie.indexOf(".");
  const schoolId = cookie.slice(0, dot);
  const bytes = new Uint8Array(Buffer.from(cookie.slice(dot + 1), "base64url"));
  if (dot < 0 || !isUuid(schoolId) || bytes.length !== tokenBytes) return null;
  return { schoolId: schoolId as SchoolId, bytes };
}

/** SHA-256 of the token: 32 bytes; the token has 256 bits of chance, so nothing slower is needed. */
export function hashRefreshToken(token: RefreshToken): Buffer {
  return createHash("sha256").update(token.bytes).digest();
}

/**
 * The token that takes this one's place. It is derived with a key of the server, not drawn, so that a
 * second use within the grace (a second tab, a lost answer) gets the very same one and nothing secret is stored.
 */
export function succeedRefreshToken(keys: SigningKeys, token: RefreshToken): RefreshToken {
  const bytes = createHmac("sha256", keys.refresh).update(token.bytes).digest();
  return { schoolId: token.schoolId, bytes: new Uint8Array(bytes) };
}

/** Whether the two hashes are the same, in constant time. */
export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
