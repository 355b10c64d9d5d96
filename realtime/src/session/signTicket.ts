import { ticketIssuer } from "@darasa/protocol";
import { signJws } from "./jws.ts";
import type { TicketClaims } from "./readTicket.ts";
import type { TicketKey } from "./ticketKey.ts";
import { lifetimeSecondsOf } from "./ticketLife.ts";

/** What a ticket of that audience says, apart from what makes it one. */
export type TicketFor<Audience extends TicketClaims["aud"]> = Omit<
  Extract<TicketClaims, { aud: Audience }>,
  "aud" | "jti" | "issuedAtMs"
>;

/** A ticket, and how long it is worth something. */
export interface SignedTicket {
  readonly ticket: string;
  readonly expiresInSeconds: number;
}

/** What dates and names tickets. */
export interface IssuerParts {
  readonly key: TicketKey;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Signs a ticket as the API does, with the key that api and realtime share (SPEC T1). */
export function signTicket<Audience extends TicketClaims["aud"]>(
  { key, now, newId }: IssuerParts,
  audience: Audience,
  claims: TicketFor<Audience>,
): SignedTicket {
  const issuedAtMs = now();
  const iat = Math.floor(issuedAtMs / 1_000);
  const expiresInSeconds = lifetimeSecondsOf[audience];
  const dates = { iat, exp: iat + expiresInSeconds, issuedAtMs };
  const ticket = signJws(
    { ...claims, iss: ticketIssuer, aud: audience, jti: newId(), ...dates },
    key,
  );
  return { ticket, expiresInSeconds };
}
