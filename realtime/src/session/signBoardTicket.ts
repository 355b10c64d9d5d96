import {
  ticketIssuer,
  ticketLifetimeSeconds,
  type BoardTicketAck,
  type BoardTicketClaims,
} from "@darasa/protocol";
import { SignJWT } from "jose";
import type { TicketKey } from "./ticketKey.ts";

/** What a board ticket says, apart from what makes it one. */
export type BoardTicketFor = Omit<BoardTicketClaims, "aud" | "jti" | "issuedAtMs">;

/** Gives a one-time ticket for one board, so that its reconnect needs no HTTPS (SPEC B1). */
export type SignBoardTicket = (claims: BoardTicketFor) => Promise<BoardTicketAck>;

/** Signs with the key that api and realtime share. */
export function createSignBoardTicket(
  key: TicketKey,
  { now, newId }: { readonly now: () => number; readonly newId: () => string },
): SignBoardTicket {
  return async (claims) => {
    const issuedAtMs = now();
    const iat = Math.floor(issuedAtMs / 1_000);
    const ticket = await new SignJWT({ ...claims, issuedAtMs })
      .setProtectedHeader({ alg: "HS256", typ: "JWT" })
      .setIssuer(ticketIssuer)
      .setAudience("board")
      .setJti(newId())
      .setIssuedAt(iat)
      .setExpirationTime(iat + ticketLifetimeSeconds)
      .sign(key);
    return { ticket, expiresInSeconds: ticketLifetimeSeconds };
  };
}
