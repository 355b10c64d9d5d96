import { createHmac, timingSafeEqual } from "node:crypto";
import { limits } from "@darasa/protocol";
import type { TicketKey } from "./ticketKey.ts";

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** What api and gateway write; a token with another header is read all the same, if it says HS256. */
const ownHeader = encode({ alg: "HS256", typ: "JWT" });

/** Signs claims with HS256, in the compact form (RFC 7515 §3.1). */
export function signJws(claims: object, key: TicketKey): string {
  const signed = `${ownHeader}.${encode(claims)}`;
  return `${signed}.${signatureOf(signed, key)}`;
}

/**
 * What the holder of the key has signed with HS256 and nothing else, or null: the header is never asked how to check
 * (RFC 8725 §3.1), and one with critical extensions is refused (RFC 7515 §4.1.11). Never throws.
 */
export function verifyJws(token: string, key: TicketKey): unknown {
  if (token.length > limits.maxHelloBytes) return null;
  const headerEnd = token.indexOf(".");
  const payloadEnd = token.indexOf(".", headerEnd + 1);
  if (headerEnd < 0 || payloadEnd < 0) return null;
  const expected = signatureOf(token.slice(0, payloadEnd), key);
  if (!isSame(token.slice(payloadEnd + 1), expected)) return null;
  if (!isHs256(token.slice(0, headerEnd))) return null;
  return decode(token.slice(headerEnd + 1, payloadEnd));
}

function signatureOf(signed: string, key: TicketKey): string {
  return createHmac("sha256", key).update(signed).digest("base64url");
}

/** Compared as text: there is one way to write a signature. */
function isSame(given: string, expected: string): boolean {
  const bytes = Buffer.from(given);
  const wanted = Buffer.from(expected);
  return bytes.length === wanted.length && timingSafeEqual(bytes, wanted);
}

function isHs256(encoded: string): boolean {
  if (encoded === ownHeader) return true;
  const header = decode(encoded);
  if (typeof header !== "object" || header === null || Array.isArray(header)) return false;
  return "alg" in header && header.alg === "HS256" && !("crit" in header) && !("b64" in header);
}

function decode(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64url").toString());
  } catch {
    return null;
  }
}
