import { Redis } from "ioredis";

/** An attempt waits no longer than this to be counted. */
const commandTimeoutMs = 150;
const connectTimeoutMs = 2_000;
const maxRetryDelayMs = 2_000;

/**
 * Begins an attempt that all keys count, by the clock of Redis. The arguments are, for each key, how many failures
 * are free and the longest delay in seconds; the last is for how many seconds failures are remembered. Returns 0, or
 * the ms to wait, and then nothing was counted.
 */
const beginScript = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
local waitMs = 0
for _, key in ipairs(KEYS) do
  waitMs = math.max(waitMs, tonumber(redis.call('HGET', key, 'untilMs') or 0) - nowMs)
end
if waitMs > 0 then return waitMs end
for index, key in ipairs(KEYS) do
  local beyond = redis.call('HINCRBY', key, 'count', 1) - tonumber(ARGV[index * 2 - 1])
  local delaySeconds = 0
  if beyond >= 0 then delaySeconds = math.min(tonumber(ARGV[index * 2]), 2 ^ math.min(beyond, 20)) end
  redis.call('HSET', key, 'untilMs', nowMs + delaySeconds * 1000)
  redis.call('EXPIRE', key, ARGV[#ARGV])
end
return 0
`;

/** Takes an attempt back that was counted: the next one need not wait. */
const undoScript = `
for _, key in ipairs(KEYS) do
  if redis.call('EXISTS', key) == 1 then
    redis.call('HINCRBY', key, 'count', -1)
    redis.call('HSET', key, 'untilMs', 0)
  end
end
return 0
`;

interface AttemptCommands {
  beginAttempt(keyCount: number, ...keysAndRules: (string | number)[]): Promise<number>;
  undoAttempt(keyCount: number, ...keys: string[]): Promise<number>;
}

/** A connection to Redis that knows how attempts are counted. */
export type AttemptRedis = Redis & AttemptCommands;

/**
 * Connects, and again for as long as Redis is away. While it is, commands fail at once, and none waits longer than
 * 150 ms for its answer.
 */
export function connectAttempts(url: string): AttemptRedis {
  return new Redis(url, {
    commandTimeout: commandTimeoutMs,
    connectTimeout: connectTimeoutMs,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, maxRetryDelayMs),
    scripts: { beginAttempt: { lua: beginScript }, undoAttempt: { lua: undoScript } },
  }) as AttemptRedis;
}
