import { createHash } from "node:crypto";
import type { Channel } from "../publish/publisher.ts";

/** A name that Redis knows a channel by. */
export type RedisChannel = `darasa:${string}`;

/** What one installation calls its things in a Redis that others may use, too. */
export interface RedisNames {
  /** The channel that all nodes hear. */
  readonly allNodes: RedisChannel;
  readonly channelOf: (room: Channel) => RedisChannel;
  /** The room of a channel that `channelOf` named. */
  readonly roomOf: (channel: RedisChannel) => Channel;
  readonly keyOf: (claim: string) => string;
}

/** Enough that no two installations of one operator meet. */
const hashLength = 16;

/**
 * Names after a secret that the nodes of one installation share and no other has: channels know no database numbers, so
 * that a copy of a school on the same Redis would else speak in its rooms. The secret cannot be read from them.
 */
export function createRedisNames(secret: Uint8Array): RedisNames {
  const hash = createHash("sha256").update("redis names").update(secret).digest("hex");
  const prefix = `darasa:${hash.slice(0, hashLength)}:` as const;
  return {
    allNodes: `${prefix}nodes`,
    channelOf: (room) => `${prefix}${room}`,
    roomOf: (channel) => channel.slice(prefix.length) as Channel,
    keyOf: (claim) => `${prefix}${claim}`,
  };
}
