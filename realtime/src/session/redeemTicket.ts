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
import type { DatedTicket } from "./revocations.ts";
import type { TicketKey } from "./ticketKey.ts";
import { clockToleranceSeconds, ticketAliveMs, ticketMemoryMs } from "./ticketLife.ts";

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

interface RedeemParts {
  /** What tickets are dated by. */
  readonly now: () => number;
  /** Ms since this process started, by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  /** When this process started, as `now` said it. */
  readonly startedAtMs: number;
  /** The access that it stands for has changed since it was issued (SPEC T6). */
  readonly isRevoked: (ticket: DatedTicket) => boolean;
}

/** The tickets of one process: what it has seen spent is known to it alone. */
export function createRedeemTicket(key: TicketKey, parts: RedeemParts): RedeemTicket {
  const { now, uptimeMs, startedAtMs, isRevoked } = parts;
  const spent = createSpentTickets(uptimeMs);
  return async (ticket, audience) => {
    const refused = { ok: false, error: "unauthenticated" } as const;
    const payload = await verify(ticket, audience);
    const found = schemas[audience].safeParse(payload);
    if (!found.success) return refused;
    const claims = found.data as unknown as ClaimsOf[typeof audience];
    if (isFromBefore(claims.issuedAtMs) || isRevoked(claims)) return refused;
    if (!spent.spend(claims.jti)) return refused;
    return { ok: true, value: claims };
  };

  /**
   * A ticket from before the start may be spent already, and nobody here would know (SPEC T3). Once all of
   * those are dead nothing is asked: a clock that was set back meanwhile would make every ticket look like one.
   */
  function isFromBefore(issuedAtMs: number): boolean {
    return issuedAtMs < startedAtMs && uptimeMs() < ticketAliveMs;
  }

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
  spend(jti: string): boolean;
}

/** Remembers ids until they are worthless anyway: those of a few minutes. */
function createSpentTickets(uptimeMs: () => number): SpentTickets {
  const untilMsOf = new Map<string, number>();
  return {
    spend(jti) {
      if (untilMsOf.has(jti)) return false;
      // All are remembered equally long, so that the oldest entry is the first to end.
      for (const [id, endsAtMs] of untilMsOf) {
        if (endsAtMs > uptimeMs()) break;
        untilMsOf.delete(id);
      }
      untilMsOf.set(jti, uptimeMs() + ticketMemoryMs);
      return true;
    },
  };
}
