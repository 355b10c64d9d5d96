import {
  ticketIssuer,
  ticketLifetimeSeconds,
  type BoardTicketClaims,
  type GatewayTicketClaims,
} from "@darasa/protocol";
import { SignJWT } from "jose";
import type { SigningKeys } from "./signingKeys.ts";

type IssuedByUs = "jti" | "issuedAtMs";

/** What a ticket shall say, beside its id and time of issue. */
export type TicketSubject =
  Omit<GatewayTicketClaims, IssuedByUs> | Omit<BoardTicketClaims, IssuedByUs>;

/** A one-time ticket of 30 s for realtime (SPEC T1): HS256 with the key that both programs share. */
export async function signTicket(
  keys: SigningKeys,
  subject: TicketSubject,
  issue: { readonly jti: string; readonly nowMs: number },
): Promise<string> {
  const { sub, aud, ...claims } = subject;
  const iat = Math.floor(issue.nowMs / 1000);
  return new SignJWT({ ...claims, issuedAtMs: issue.nowMs })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(ticketIssuer)
    .setAudience(aud)
    .setSubject(sub)
    .setJti(issue.jti)
    .setIssuedAt(iat)
    .setExpirationTime(iat + ticketLifetimeSeconds)
    .sign(keys.ticket);
}
