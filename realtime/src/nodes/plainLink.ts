import { Redis, type RedisOptions } from "ioredis";
import type { RedisAddress } from "./redisAddress.ts";
import {
  answerTimeoutMs,
  connectionOptions,
  retryDelayMs,
  type LinkListener,
  type Published,
  type RedisLink,
} from "./redisLink.ts";
import type { RedisChannel } from "./redisNames.ts";

/** Channels and texts in turn; no keys, since a plain Redis has all channels. */
const publishScript = `
for index = 1, #ARGV, 2 do redis.call('PUBLISH', ARGV[index], ARGV[index + 1]) end
return 0
`;

/**
 * Two connections to one Redis, which Sentinels may name: what one has subscribed to does not hold up what the
 * other asks. Both are asked for a sign of life all the time.
 */
export function createPlainLink(
  address: Exclude<RedisAddress, { kind: "cluster" }>,
  listener: LinkListener,
): RedisLink {
  const options: Options = {
    ...connectionOptions,
    ...whereabouts(address),
    username: address.username,
    password: address.password,
    enableOfflineQueue: false,
    retryStrategy: retryDelayMs,
  };
  const commands = new Redis(options);
  const ears = new Redis(options);
  const both = [commands, ears];
  let cause: unknown = null;
  for (const connection of both) {
    connection.on("error", (error) => (cause = error));
    connection.on("close", () => listener.down(cause));
    connection.on("ready", () => {
      if (both.every(({ status }) => status === "ready")) listener.up();
    });
  }
  ears.on("message", (channel: string, text: string) =>
    listener.message(channel as RedisChannel, text),
  );
  const heartbeat = setInterval(() => {
    // A connection that does not answer is ended by its socket's timeout.
    for (const connection of both) connection.ping().catch(() => undefined);
  }, answerTimeoutMs);

  return {
    publish: (messages) => publish(commands, messages),
    async subscribe(channels) {
      await ears.subscribe(...channels);
    },
    async unsubscribe(channels) {
      await ears.unsubscribe(...channels);
    },
    setOnce: async (key, forMs) => (await commands.set(key, "", "PX", forMs, "NX")) === "OK",
    close() {
      clearInterval(heartbeat);
      for (const connection of both) connection.disconnect();
    },
  };
}

/** A command costs as much as what it says: one for all that is said in a turn. */
async function publish(redis: Redis, messages: readonly Published[]): Promise<void> {
  const [first, ...others] = messages;
  if (first === undefined) return;
  if (others.length === 0) await redis.publish(first.channel, first.text);
  else await redis.eval(publishScript, 0, ...messages.flatMap((one) => [one.channel, one.text]));
}

type Options = Omit<RedisOptions, "replyMapping">;

function whereabouts(address: Exclude<RedisAddress, { kind: "cluster" }>): Options {
  const tls = address.isEncrypted ? {} : undefined;
  if (address.kind === "plain") {
    return { ...address.places[0], db: address.database, ...(tls && { tls }) };
  }
  return {
    sentinels: [...address.places],
    name: address.master,
    sentinelPassword: address.sentinelPassword,
    sentinelRetryStrategy: retryDelayMs,
    sentinelCommandTimeout: answerTimeoutMs,
    failoverDetector: true,
    ...(tls && { tls, sentinelTLS: tls, enableTLSForSentinelMode: true }),
  };
}
