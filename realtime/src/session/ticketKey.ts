import type { webcrypto } from "node:crypto";

/** The HS256 key that api and realtime share, imported once: that costs more than a signature. */
export type TicketKey = webcrypto.CryptoKey;

/** Imports the key that signs and checks tickets (RFC 7518 §3.2 asks for at least 32 bytes). */
export function importTicketKey(secret: Uint8Array<ArrayBuffer>): Promise<TicketKey> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", secret, algorithm, false, ["sign", "verify"]);
}
