import type { Channel } from "../publish/publisher.ts";

/** Which rooms a node follows: one is followed until it was left as often. */
export interface FollowedChannels {
  /** True when it was not followed before. */
  add(channel: Channel): boolean;
  /** True when it is not followed any more. */
  remove(channel: Channel): boolean;
  has(channel: Channel): boolean;
  all(): Channel[];
}

/** Follows none at first. */
export function createFollowedChannels(): FollowedChannels {
  const counts = new Map<Channel, number>();
  return {
    add(channel) {
      const count = counts.get(channel) ?? 0;
      counts.set(channel, count + 1);
      return count === 0;
    },
    remove(channel) {
      const count = counts.get(channel);
      if (count === undefined) return false;
      if (count > 1) counts.set(channel, count - 1);
      else counts.delete(channel);
      return count === 1;
    },
    has: (channel) => counts.has(channel),
    all: () => [...counts.keys()],
  };
}
