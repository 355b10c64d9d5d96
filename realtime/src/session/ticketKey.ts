import { createSecretKey, type KeyObject } from "node:crypto";

/** The HS256 key that api and realtime share, made once: that costs more than a signature. */
export type TicketKey = KeyObject;

/** The key that signs and checks tickets (RFC 7518 §3.2 asks for at least 32 bytes). */
export function makeTicketKey(secret: Uint8Array): TicketKey {
  return createSecretKey(secret);
}
