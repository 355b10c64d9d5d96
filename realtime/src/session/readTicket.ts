import {
  isUuid,
  ticketIssuer,
  type BoardTicketClaims,
  type GatewayTicketClaims,
  type ResumeTicketClaims,
} from "@darasa/protocol";
import { verifyJws } from "./jws.ts";
import type { TicketKey } from "./ticketKey.ts";
import { clockToleranceSeconds, lifetimeSecondsOf } from "./ticketLife.ts";

/** What any ticket says. */
export type TicketClaims = GatewayTicketClaims | BoardTicketClaims | ResumeTicketClaims;

/** The claims of a ticket that is genuine and alive, or null. Never throws. */
export type ReadTicket = (ticket: string) => TicketClaims | null;

/** Reads tickets that were signed with the key, by a clock that may differ from the issuer's (SPEC T1, T5). */
export function createReadTicket(key: TicketKey, now: () => number): ReadTicket {
  return (ticket) => {
    const claims = verifyJws(ticket, key);
    const isOne = isTicket(claims) && isAlive(claims, Math.floor(now() / 1_000));
    return isOne ? claims : null;
  };
}

/** When a ticket is worth something (RFC 7519). */
interface Dates {
  readonly iat: number;
  readonly exp: number;
  readonly nbf?: number | undefined;
}

type Unread<Claims> = { readonly [Name in keyof Claims]?: unknown };

/** Checked by hand: everybody who comes in brings one, and a schema takes ten times as long. */
function isTicket(payload: unknown): payload is TicketClaims & Dates {
  if (typeof payload !== "object" || payload === null) return false;
  const claims: Unread<BoardTicketClaims & Dates & { iss: string }> = payload;
  return (
    claims.iss === ticketIssuer && isDated(claims) && isSomebodys(claims) && opensADoor(claims)
  );
}

function isDated({ iat, exp, nbf, issuedAtMs }: Unread<TicketClaims & Dates>): boolean {
  return (
    Number.isFinite(iat) &&
    Number.isSafeInteger(exp) &&
    (nbf === undefined || Number.isFinite(nbf)) &&
    Number.isFinite(issuedAtMs)
  );
}

function isSomebodys(claims: Unread<TicketClaims>): boolean {
  const { jti, sub, school, signIn, guestOf, name } = claims;
  return (
    isId(jti) &&
    isId(sub) &&
    isId(school) &&
    isId(signIn) &&
    (guestOf === undefined || isId(guestOf)) &&
    typeof name === "string" &&
    name !== ""
  );
}

function opensADoor(claims: Unread<BoardTicketClaims> & { readonly aud?: unknown }): boolean {
  const { aud, document, room, liveClass } = claims;
  if (aud !== "board") return aud === "gateway" || aud === "resume";
  return isId(document) && isId(room) && (liveClass === null || isId(liveClass));
}

function isId(value: unknown): boolean {
  return typeof value === "string" && isUuid(value);
}

/** By all of its dates: none may be too far off, whichever way. */
function isAlive({ aud, iat, exp, nbf }: TicketClaims & Dates, nowSeconds: number): boolean {
  const ageSeconds = nowSeconds - iat;
  return (
    exp > nowSeconds - clockToleranceSeconds &&
    (nbf ?? iat) <= nowSeconds + clockToleranceSeconds &&
    ageSeconds >= -clockToleranceSeconds &&
    ageSeconds <= lifetimeSecondsOf[aud] + clockToleranceSeconds
  );
}
