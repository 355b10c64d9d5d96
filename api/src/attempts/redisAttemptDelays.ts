import { createHash } from "node:crypto";
import type { Log } from "../log.ts";
import {
  delayRules,
  failuresLastSeconds,
  refuseAttempt,
  type AttemptCounter,
  type AttemptDelays,
} from "./attemptDelays.ts";
import { connectAttempts, type AttemptRedis } from "./connectAttempts.ts";

/** After a failure nobody asks for so long: a Redis that hangs holds up a sign-in in a while, not every one. */
const restMs = 1_000;

interface RedisDelayParts {
  readonly url: string;
  readonly log: Log;
  /** Ms of any steady clock. */
  readonly now: () => number;
  /** Counts while Redis is away, as this process alone can. */
  readonly fallback: AttemptDelays;
}

/**
 * Delays that all processes share. Nobody is kept out because Redis is away: the fallback counts meanwhile, and the
 * log says so once. Keys are hashes: who signs in from where is nobody's to read there.
 */
export function createRedisAttemptDelays(parts: RedisDelayParts): AttemptDelays {
  const { fallback } = parts;
  const redis = connectAttempts(parts.url);
  const ask = makeAsker(redis, parts);

  return {
    async begin(counters) {
      const rules = counters.flatMap(({ kind }) => [
        delayRules[kind].free,
        delayRules[kind].maxDelaySeconds,
      ]);
      const keys = counters.map(nameKey);
      const waitMs = await ask(() =>
        redis.beginAttempt(keys.length, ...keys, ...rules, failuresLastSeconds),
      );
      if (waitMs === null) await fallback.begin(counters);
      else if (waitMs > 0) throw refuseAttempt(waitMs);
    },
    async undo(counters) {
      const keys = counters.map(nameKey);
      await ask(() => redis.undoAttempt(keys.length, ...keys));
      await fallback.undo(counters);
    },
    async forget(counters) {
      if (counters.length > 0) await ask(() => redis.del(counters.map(nameKey)));
      await fallback.forget(counters);
    },
    async close() {
      redis.disconnect();
      await fallback.close();
    },
  };
}

/** Asks Redis, and gives null while it is away. The log tells who counts whenever that changes. */
function makeAsker(redis: AttemptRedis, { now, log }: Pick<RedisDelayParts, "now" | "log">) {
  let restUntilMs = 0;
  let isThere: boolean | null = null;
  const noteAway = (error: unknown) => {
    if (isThere !== false) {
      log("warn", "Redis is away: every process counts attempts for itself", { error });
    }
    isThere = false;
  };
  redis.on("error", noteAway);
  redis.on("ready", () => {
    restUntilMs = 0;
    isThere = true;
    log("info", "attempts are counted in Redis");
  });
  return async <Answer>(command: () => Promise<Answer>): Promise<Answer | null> => {
    if (now() < restUntilMs) return null;
    try {
      return await command();
    } catch (error) {
      restUntilMs = now() + restMs;
      noteAway(error);
      return null;
    }
  };
}

function nameKey({ kind, key }: AttemptCounter): string {
  return `darasa:attempts:${kind}:${createHash("sha256").update(key).digest("base64url")}`;
}
