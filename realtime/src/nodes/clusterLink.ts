import { Cluster } from "ioredis";
import type { RedisAddress } from "./redisAddress.ts";
import {
  answerTimeoutMs,
  connectionOptions,
  retryDelayMs,
  type LinkListener,
  type RedisLink,
} from "./redisLink.ts";
import type { RedisChannel } from "./redisNames.ts";

/**
 * A Cluster, with sharded channels: what is said of a room passes the one node of the Cluster that has its slot, where
 * a plain channel would pass them all.
 */
export function createClusterLink(
  address: Extract<RedisAddress, { kind: "cluster" }>,
  listener: LinkListener,
): RedisLink {
  const { username, password, isEncrypted } = address;
  const cluster = new Cluster([...address.places], {
    shardedSubscribers: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: retryDelayMs,
    slotsRefreshTimeout: answerTimeoutMs,
    maxRedirections: 4,
    // One tick's commands for one node are one write.
    enableAutoPipelining: true,
    redisOptions: {
      ...connectionOptions,
      username,
      password,
      ...(isEncrypted && { tls: {} }),
    },
  });
  let cause: unknown = null;
  cluster.on("error", (error: unknown) => {
    cause = error;
  });
  cluster.on("close", () => listener.down(cause));
  cluster.on("ready", () => listener.up());
  // A node of the Cluster was lost or came: its channels are subscribed to anew, and something may have been missed.
  cluster.on("subscribersReady", () => {
    if (cluster.status === "ready") listener.up();
  });
  cluster.on("smessage", (channel: string, text: string) =>
    listener.message(channel as RedisChannel, text),
  );
  return {
    async publish(messages) {
      await Promise.all(
        messages.map(({ channel, text }): Promise<unknown> => cluster.spublish(channel, text)),
      );
    },
    // Channels of one command would have to be of one slot.
    async subscribe(channels) {
      await Promise.all(channels.map((channel): Promise<unknown> => cluster.ssubscribe(channel)));
    },
    async unsubscribe(channels) {
      await Promise.all(channels.map((channel): Promise<unknown> => cluster.sunsubscribe(channel)));
    },
    setOnce: async (key, forMs) => (await cluster.set(key, "", "PX", forMs, "NX")) === "OK",
    close: () => cluster.disconnect(),
  };
}
