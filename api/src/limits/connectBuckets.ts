import { Redis } from "ioredis";

/** A request waits no longer than this for its count. */
const commandTimeoutMs = 150;
const connectTimeoutMs = 2_000;
const maxRetryDelayMs = 2_000;

/**
 * One token bucket, as `tokenBucket.ts` has it: what is left and when that was counted, by the clock of Redis, so that
 * processes whose clocks differ agree. A full bucket is no bucket: the key ends when it would be full again.
 * Returns 0, or the ms to wait until there are `cost` tokens; a negative cost gives back.
 */
const script = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, perMs, cost = tonumber(ARGV[1]), tonumber(ARGV[2]) / 1000, tonumber(ARGV[3])
local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'atMs')
local tokens = tonumber(bucket[1] or burst)
local gained = math.max(0, nowMs - tonumber(bucket[2] or nowMs)) * perMs
tokens = math.min(burst, tokens + gained)
if cost > 0 and tokens < cost then return math.ceil((cost - tokens) / perMs) end
tokens = math.min(burst, tokens - cost)
redis.call('HSET', KEYS[1], 'tokens', tokens, 'atMs', nowMs)
redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) / perMs) + 1000)
return 0
`;

interface BucketCommand {
  takeTokens(key: string, burst: number, perSecond: number, cost: number): Promise<number>;
}

/** A connection to Redis that knows the command of the buckets. */
export type BucketRedis = Redis & BucketCommand;

/**
 * Connects, and again for as long as Redis is away. While it is, commands fail at once, and none waits longer than
 * 150 ms for its answer.
 */
export function connectBuckets(url: string): BucketRedis {
  return new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, maxRetryDelayMs),
    scripts: { takeTokens: { lua: script, numberOfKeys: 1 } },
  }) as BucketRedis;
}
