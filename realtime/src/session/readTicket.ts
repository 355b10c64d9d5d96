import {
  ticketIssuer,
  uuidPattern,
  type BoardTicketClaims,
  type GatewayTicketClaims,
  type ResumeTicketClaims,
} from "@darasa/protocol";
import * as z from "zod";
import { verifyJws } from "./jws.ts";
import type { TicketKey } from "./ticketKey.ts";
import { clockToleranceSeconds, lifetimeSecondsOf } from "./ticketLife.ts";

/** What any ticket says. */
export type TicketClaims = GatewayTicketClaims | BoardTicketClaims | ResumeTicketClaims;

/** The claims of a ticket that is genuine and alive, or null. Never throws. */
export type ReadTicket = (ticket: string) => TicketClaims | null;

const id = z.string().regex(uuidPattern);
const claims = {
  iss: z.literal(ticketIssuer),
  sub: id,
  jti: id,
  iat: z.number(),
  exp: z.int(),
  nbf: z.number().optional(),
  school: id,
  name: z.string().min(1),
  signIn: id,
  issuedAtMs: z.number(),
  guestOf: id.optional(),
};
const schema = z.discriminatedUnion("aud", [
  z.object({ ...claims, aud: z.literal("gateway") }),
  z.object({ ...claims, aud: z.literal("resume") }),
  z.object({
    ...claims,
    aud: z.literal("board"),
    document: id,
    room: id,
    liveClass: id.nullable(),
  }),
]);

/** Reads tickets that were signed with the key, by a clock that may differ from the issuer's (SPEC T1, T5). */
export function createReadTicket(key: TicketKey, now: () => number): ReadTicket {
  return (ticket) => {
    const found = schema.safeParse(verifyJws(ticket, key));
    if (!found.success || !isAlive(found.data, Math.floor(now() / 1_000))) return null;
    return found.data as unknown as TicketClaims;
  };
}

/** By all of its dates: none may be too far off, whichever way. */
function isAlive({ aud, iat, exp, nbf }: z.infer<typeof schema>, nowSeconds: number): boolean {
  const ageSeconds = nowSeconds - iat;
  return (
    exp > nowSeconds - clockToleranceSeconds &&
    (nbf ?? iat) <= nowSeconds + clockToleranceSeconds &&
    ageSeconds >= -clockToleranceSeconds &&
    ageSeconds <= lifetimeSecondsOf[aud] + clockToleranceSeconds
  );
}
