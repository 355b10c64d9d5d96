import type { Claim, NodeBus } from "../nodes/nodeBus.ts";

/** Which tickets have opened their connection. */
export interface SpentTickets {
  /** True exactly once for each id, for `forMs` from now on; at once where nobody else is asked. Never rejects. */
  spend(jti: string, forMs: number): boolean | Promise<boolean>;
  /** This node has seen it spent: to ask anybody else about it is not worth it. */
  isSpent(jti: string): boolean;
}

const isOurs = (claim: Claim): boolean => claim !== "taken";

/** What this process has seen itself, and what the nodes agree on while they can (SPEC T2, T8). */
export function createSpentTickets(uptimeMs: () => number, claim: NodeBus["claim"]): SpentTickets {
  /** By how long they are remembered: the oldest of each is then the first to end. */
  const untilMsByLife = new Map<number, Map<string, number>>();

  function isSpent(jti: string): boolean {
    for (const untilMsOf of untilMsByLife.values()) if (untilMsOf.has(jti)) return true;
    return false;
  }

  function remember(jti: string, forMs: number): void {
    const untilMsOf = untilMsByLife.get(forMs) ?? new Map<string, number>();
    untilMsByLife.set(forMs, untilMsOf);
    for (const [id, endsAtMs] of untilMsOf) {
      if (endsAtMs > uptimeMs()) break;
      untilMsOf.delete(id);
    }
    untilMsOf.set(jti, uptimeMs() + forMs);
  }

  return {
    isSpent,
    spend(jti, forMs) {
      if (isSpent(jti)) return false;
      remember(jti, forMs);
      const claimed = claim(`ticket:${jti}`, forMs);
      return claimed instanceof Promise ? claimed.then(isOurs) : isOurs(claimed);
    },
  };
}
