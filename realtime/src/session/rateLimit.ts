import { rateLimits, type CommandType, type ParticipantId, type RateLimit } from "@darasa/protocol";

/** Which bucket a command draws from (SPEC L1). */
export type RateGroup = keyof typeof rateLimits;

/** Tokens that one person drew from one bucket. */
export interface Draw {
  readonly who: ParticipantId;
  /** A `RateGroup`; one that this version does not know is nobody's. */
  readonly group: string;
  readonly tokens: number;
}

/** Token buckets per participant, however many sessions they have. */
export interface RateLimiter {
  /** Takes one token: 0 when there was one, else after how many ms there will be. */
  take(who: ParticipantId, group: RateGroup): number;
  /** What those whose buckets are not half full have drawn here since this was last asked. */
  newDraws(): readonly Draw[];
  /** Other nodes gave these: the buckets here owe them, and nobody can owe more than one burst. */
  drawnElsewhere(draws: readonly Draw[]): void;
  /** Forgets the buckets that are full again; call it now and then. */
  sweep(): void;
}

interface Bucket {
  readonly who: ParticipantId;
  readonly group: RateGroup;
  /** Below zero when several nodes gave at once. */
  tokens: number;
  atMs: number;
  /** What was drawn here and told to nobody. */
  untold: number;
}

interface LimiterParts {
  readonly now: () => number;
  readonly limits?: Limits;
  /** Called when there are new draws. */
  readonly onDraws?: () => void;
}

/** Buckets are made when first drawn from, and full then. */
export function createRateLimiter(parts: LimiterParts): RateLimiter {
  const { limits = rateLimits, onDraws = () => undefined } = parts;
  const buckets = new Buckets(limits, parts.now);
  /** Those whose draws are worth telling. */
  const busy = new Set<Bucket>();
  return {
    take(who, group) {
      const { perSecond, burst } = limits[group];
      const bucket = buckets.of(who, group);
      if (bucket.tokens < 1) return Math.ceil(((1 - bucket.tokens) / perSecond) * 1_000);
      bucket.tokens -= 1;
      bucket.untold += 1;
      if (bucket.tokens < burst / 2 && !busy.has(bucket)) {
        busy.add(bucket);
        onDraws();
      }
      return 0;
    },
    newDraws() {
      const draws = [...busy].map((bucket) => {
        const { who, group, untold } = bucket;
        bucket.untold = 0;
        // Beyond a burst it was drawn so long ago that it has been filled up again.
        return { who, group, tokens: Math.min(untold, limits[group].burst) };
      });
      busy.clear();
      return draws;
    },
    drawnElsewhere(draws) {
      for (const { who, group, tokens } of draws) {
        if (!isGroup(group, limits)) continue;
        const bucket = buckets.of(who, group);
        bucket.tokens = Math.max(-limits[group].burst, bucket.tokens - tokens);
      }
    },
    sweep: () => buckets.sweep(),
  };
}

type Limits = Readonly<Record<RateGroup, RateLimit>>;

function isGroup(name: string, limits: Limits): name is RateGroup {
  return Object.hasOwn(limits, name);
}

/** The buckets that are not full; whichever is asked for is filled up to now. */
class Buckets {
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #byGroup: ReadonlyMap<RateGroup, Map<ParticipantId, Bucket>>;

  constructor(limits: Limits, now: () => number) {
    this.#limits = limits;
    this.#now = now;
    const groups = Object.keys(limits) as RateGroup[];
    this.#byGroup = new Map(groups.map((group) => [group, new Map<ParticipantId, Bucket>()]));
  }

  of(who: ParticipantId, group: RateGroup): Bucket {
    const all = this.#byGroup.get(group);
    const found = all?.get(who);
    if (found !== undefined) return this.#refill(found);
    const { burst } = this.#limits[group];
    const bucket = { who, group, tokens: burst, atMs: this.#now(), untold: 0 };
    all?.set(who, bucket);
    return bucket;
  }

  /** Forgets those that are full. */
  sweep(): void {
    for (const all of this.#byGroup.values()) {
      for (const bucket of all.values()) {
        const { tokens, group, who } = this.#refill(bucket);
        if (tokens >= this.#limits[group].burst) all.delete(who);
      }
    }
  }

  #refill(bucket: Bucket): Bucket {
    const { perSecond, burst } = this.#limits[bucket.group];
    const nowMs = this.#now();
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, nowMs - bucket.atMs);
    bucket.tokens = Math.min(burst, bucket.tokens + (elapsedMs / 1_000) * perSecond);
    bucket.atMs = nowMs;
    if (bucket.tokens === burst) bucket.untold = 0;
    return bucket;
  }
}

const groupOf: Partial<Record<CommandType, RateGroup>> = {
  sendMessage: "chat",
  sendSignal: "signal",
  setTyping: "ephemeral",
  react: "ephemeral",
  point: "ephemeral",
  reportConnection: "ephemeral",
};

/** The bucket of a type of command: chat, signals and what passes have their own, the rest share one (SPEC L1). */
export function rateGroupOf(type: CommandType): RateGroup {
  return groupOf[type] ?? "command";
}
