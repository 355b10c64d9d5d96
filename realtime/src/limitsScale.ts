import { rateLimits, type RateLimit } from "@darasa/protocol";
import type { RateGroup } from "./session/rateLimit.ts";
import type { StrangerLimits } from "./transport/strangers.ts";
import type { UpgradeRateLimits } from "./transport/upgradeRate.ts";

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

/** The connections that an address may open, `scale` times as many. */
export function scaleUpgradeRate(limits: UpgradeRateLimits, scale: number): UpgradeRateLimits {
  return { ...limits, perSecond: limits.perSecond * scale, burst: limits.burst * scale };
}
