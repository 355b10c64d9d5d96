import { rateLimits, type CommandType, type ParticipantId, type RateLimit } from "@darasa/protocol";

/** Which bucket a command draws from (SPEC L1). */
export type RateGroup = keyof typeof rateLimits;

/** Token buckets per participant, however many sessions they have. */
export interface RateLimiter {
  /** Takes one token: 0 when there was one, else after how many ms there will be. */
  take(who: ParticipantId, group: RateGroup): number;
  /** Forgets the buckets that are full again; call it now and then. */
  sweep(): void;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** Buckets are made when first drawn from, and full then. */
export function createRateLimiter(
  now: () => number,
  limits: Readonly<Record<RateGroup, RateLimit>> = rateLimits,
): RateLimiter {
  const groups = Object.keys(limits) as RateGroup[];
  const buckets = new Map(groups.map((group) => [group, new Map<ParticipantId, Bucket>()]));

  function refill(bucket: Bucket, { perSecond, burst }: RateLimit): void {
    const nowMs = now();
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs / 1_000) * perSecond);
    bucket.atMs = nowMs;
  }

  return {
    take(who, group) {
      const limit = limits[group];
      const all = buckets.get(group);
      const bucket = all?.get(who) ?? { tokens: limit.burst, atMs: now() };
      all?.set(who, bucket);
      refill(bucket, limit);
      if (bucket.tokens >= 1) {
        bucket.tokens -= 1;
        return 0;
      }
      return Math.ceil(((1 - bucket.tokens) / limit.perSecond) * 1_000);
    },
    sweep() {
      for (const [group, all] of buckets) {
        for (const [who, bucket] of all) {
          refill(bucket, limits[group]);
          if (bucket.tokens >= limits[group].burst) all.delete(who);
        }
      }
    },
  };
}

const groupOf: Partial<Record<CommandType, RateGroup>> = {
  sendMessage: "chat",
  sendSignal: "signal",
  setTyping: "ephemeral",
  react: "ephemeral",
  point: "ephemeral",
};

/** The bucket of a type of command: chat, signals and what passes have their own, the rest share one (SPEC L1). */
export function rateGroupOf(type: CommandType): RateGroup {
  return groupOf[type] ?? "command";
}
