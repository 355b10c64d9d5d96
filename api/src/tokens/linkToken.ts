import { createHash, timingSafeEqual } from "node:crypto";
import { isUuid, type SchoolId } from "@darasa/protocol";

/** So many bytes of chance has every such token. */
export const linkTokenBytes = 32;

/**
 * A secret that opens something in one school: a refresh token, or what a link in a mail carries. Opaque bytes,
 * of which the database knows only the hash.
 */
export interface LinkToken {
  readonly schoolId: SchoolId;
  readonly bytes: Uint8Array;
}

/** A new one, from the given chance. */
export function makeLinkToken(
  schoolId: SchoolId,
  randomBytes: (length: number) => Uint8Array,
): LinkToken {
  return { schoolId, bytes: randomBytes(linkTokenBytes) };
}

/** As cookies and links carry it: `<schoolId>.<base64url>`. */
export function encodeLinkToken(token: LinkToken): string {
  return `${token.schoolId}.${Buffer.from(token.bytes).toString("base64url")}`;
}

/** The token of such a text, or null when it is not one. Says nothing of whether it is worth anything. */
export function decodeLinkToken(text: string): LinkToken | null {
  const dot = text.indexOf(".");
  const schoolId = text.slice(0, dot);
  const bytes = new Uint8Array(Buffer.from(text.slice(dot + 1), "base64url"));
  if (dot < 0 || !isUuid(schoolId) || bytes.length !== linkTokenBytes) return null;
  return { schoolId: schoolId as SchoolId, bytes };
}

/** SHA-256 of the token: 32 bytes; the token has 256 bits of chance, so nothing slower is needed. */
export function hashLinkToken(token: LinkToken): Buffer {
  return createHash("sha256").update(token.bytes).digest();
}

/** Whether the two hashes are the same, in constant time. */
export function isSameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}
