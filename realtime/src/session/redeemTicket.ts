import {
  DarasaError,
  type BoardTicketClaims,
  type GatewayTicketClaims,
  type Result,
  type ResumeTicketClaims,
  type TicketAudience,
} from "@darasa/protocol";
import type { ReadTicket, TicketClaims } from "./readTicket.ts";
import type { DatedTicket } from "./revocations.ts";
import type { SpentTickets } from "./spentTickets.ts";
import { ticketAliveMs, ticketMemoryMs } from "./ticketLife.ts";

/** Which tickets open which door. */
const keysOf: Readonly<Record<Door, readonly TicketAudience[]>> = {
  gateway: ["gateway", "resume"],
  board: ["board"],
};

interface ClaimsOf {
  readonly gateway: GatewayTicketClaims | ResumeTicketClaims;
  readonly board: BoardTicketClaims;
}

type Door = keyof ClaimsOf;

/**
 * Checks a ticket at one door and spends it: of several at once exactly one gets the claims (SPEC T2). Every
 * refusal is `unauthenticated` and tells nothing more (SPEC T4), but `unavailable` when the database cannot say
 * what a resume ticket is worth, which is then not spent (SPEC T7). At once where nobody else is asked. Never throws.
 */
export type RedeemTicket = <At extends Door>(
  ticket: string,
  door: At,
) => Result<ClaimsOf[At]> | Promise<Result<ClaimsOf[At]>>;

interface RedeemParts {
  readonly read: ReadTicket;
  readonly spent: SpentTickets;
  /** Whether what a resume ticket stands for is as it was. @throws DarasaError unavailable */
  readonly stillHolds: (claims: ResumeTicketClaims) => Promise<boolean>;
  /** Ms since this process started, by a clock that nobody sets. */
  readonly uptimeMs: () => number;
  /** When this process started, by the clock that tickets are dated by. */
  readonly startedAtMs: number;
  /** The access that it stands for has changed since it was issued (SPEC T6). */
  readonly isRevoked: (ticket: DatedTicket) => boolean;
}

const refused = { ok: false, error: "unauthenticated" } as const;

function opens<At extends Door>(claims: TicketClaims, door: At): claims is ClaimsOf[At] {
  return keysOf[door].includes(claims.aud);
}

function isResume<Claims extends TicketClaims>(
  claims: Claims,
): claims is Claims & ResumeTicketClaims {
  return claims.aud === "resume";
}

/** The doors of one process. */
export function createRedeemTicket(parts: RedeemParts): RedeemTicket {
  const { read, spent, stillHolds, uptimeMs, startedAtMs, isRevoked } = parts;
  return <At extends Door>(ticket: string, door: At) => {
    const claims = read(ticket);
    if (claims === null || !opens(claims, door) || isFromBefore(claims)) return refused;
    if (spent.isSpent(claims.jti)) return refused;
    return isResume(claims) ? spendIfHeld(claims) : spend(claims);
  };

  async function spendIfHeld<Held extends ResumeTicketClaims>(claims: Held): Promise<Result<Held>> {
    const held = await holds(claims);
    return held.ok ? spend(claims) : held;
  }

  function spend<Spent extends TicketClaims>(
    claims: Spent,
  ): Result<Spent> | Promise<Result<Spent>> {
    // Word of a change may have come while others were asked: the last look is then.
    const judge = (isFirst: boolean): Result<Spent> =>
      isFirst && !isRevoked(claims) ? { ok: true, value: claims } : refused;
    const isFirst = spent.spend(claims.jti, ticketMemoryMs(claims.aud));
    return isFirst instanceof Promise ? isFirst.then(judge) : judge(isFirst);
  }

  /**
   * A ticket from before the start may be spent already, and nobody here would know (SPEC T3). Once all of
   * those are dead nothing is asked: a clock that was set back meanwhile would make every ticket look like one.
   */
  function isFromBefore({ aud, issuedAtMs }: TicketClaims): boolean {
    return aud !== "resume" && issuedAtMs < startedAtMs && uptimeMs() < ticketAliveMs;
  }

  async function holds(claims: ResumeTicketClaims): Promise<Result<null>> {
    try {
      return (await stillHolds(claims)) ? { ok: true, value: null } : refused;
    } catch (error) {
      const isAway = error instanceof DarasaError && error.code === "unavailable";
      return { ok: false, error: isAway ? "unavailable" : "internal" };
    }
  }
}
