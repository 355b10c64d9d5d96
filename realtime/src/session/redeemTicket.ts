import {
  ticketIssuer,
  ticketLifetimeSeconds,
  uuidPattern,
  type BoardTicketClaims,
  type GatewayTicketClaims,
  type Result,
  type TicketAudience,
} from "@darasa/protocol";
import { jwtVerify } from "jose";
import * as z from "zod";
import type { TicketKey } from "./ticketKey.ts";

const id = z.string().regex(uuidPattern);
const claims = {
  sub: id,
  jti: id,
  school: id,
  name: z.string().min(1),
  signIn: id,
  exp: z.int(),
  issuedAtMs: z.number(),
  guestOf: id.optional(),
};
const schemas = {
  gateway: z.object({ ...claims, aud: z.literal("gateway") }),
  board: z.object({
    ...claims,
    aud: z.literal("board"),
    document: id,
    room: id,
    liveClass: id.nullable(),
  }),
};

interface ClaimsOf {
  readonly gateway: GatewayTicketClaims;
  readonly board: BoardTicketClaims;
}

/**
 * Checks a ticket for one audience and spends it: of several at once exactly one gets the claims
 * (SPEC T2). Every refusal is `unauthenticated` and tells nothing more (SPEC T4). Never throws.
 */
export type RedeemTicket = <Audience extends TicketAudience>(
  ticket: string,
  audience: Audience,
) => Promise<Result<ClaimsOf[Audience]>>;

/** How much the clocks of the machines of one school may differ. */
const clockToleranceSeconds = 5;

/** The tickets of one process: what it has seen spent is known to it alone. */
export function createRedeemTicket(
  key: TicketKey,
  { now, startedAtMs }: { readonly now: () => number; readonly startedAtMs: number },
): RedeemTicket {
  const spent = createSpentTickets(now);
  return async (ticket, audience) => {
    const refused = { ok: false, error: "unauthenticated" } as const;
    const payload = await verify(ticket, audience);
    const found = schemas[audience].safeParse(payload);
    if (!found.success) return refused;
    const { issuedAtMs, jti, exp } = found.data;
    // A ticket from before the start may be spent already, and nobody here would know (SPEC T3).
    if (issuedAtMs < startedAtMs) return refused;
    if (!spent.spend(jti, (exp + clockToleranceSeconds) * 1_000)) return refused;
    return { ok: true, value: found.data as unknown as ClaimsOf[typeof audience] };
  };

  async function verify(ticket: string, audience: TicketAudience): Promise<unknown> {
    try {
      const { payload } = await jwtVerify(ticket, key, {
        algorithms: ["HS256"],
        issuer: ticketIssuer,
        audience,
        requiredClaims: ["sub", "jti", "iat", "exp"],
        maxTokenAge: ticketLifetimeSeconds,
        clockTolerance: clockToleranceSeconds,
        currentDate: new Date(now()),
      });
      return payload;
    } catch {
      return null;
    }
  }
}

interface SpentTickets {
  /** True exactly once for each id. */
  spend(jti: string, untilMs: number): boolean;
}

/** Remembers ids until they are worthless anyway: at most those of about half a minute. */
function createSpentTickets(now: () => number): SpentTickets {
  const untilMsOf = new Map<string, number>();
  return {
    spend(jti, untilMs) {
      if (untilMsOf.has(jti)) return false;
      // Tickets live equally long, so that the oldest entry is the first to end.
      for (const [id, endsAtMs] of untilMsOf) {
        if (endsAtMs > now()) break;
        untilMsOf.delete(id);
      }
      untilMsOf.set(jti, untilMs);
      return true;
    },
  };
}
