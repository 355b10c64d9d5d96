import { rateLimits, type RateLimit } from "@darasa/protocol";
import type { RateGroup } from "./session/rateLimit.ts";
import type { StrangerLimits } from "./transport/strangers.ts";

/** The limits per person, `scale` times as generous: for load tests, where one machine plays thousands. */
export function scaleRateLimits(scale: number): Record<RateGroup, RateLimit> {
  const scaled = Object.entries(rateLimits).map(([group, { perSecond, burst }]) => [
    group,
    { perSecond: perSecond * scale, burst: burst * scale },
  ]);
  return Object.fromEntries(scaled) as Record<RateGroup, RateLimit>;
}

/** The bounds on those who have not said who they are, `scale` times as wide. */
export function scaleStrangerLimits(limits: StrangerLimits, scale: number): StrangerLimits {
  return { perAddress: limits.perAddress * scale, total: limits.total * scale };
}
