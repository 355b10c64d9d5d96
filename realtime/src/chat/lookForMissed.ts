import type { Room } from "../room/room.ts";
import type { MessageFeed } from "./messageFeed.ts";

/** Looks soon whether something was stored in these rooms that this node was not told of. */
export interface LookForMissed {
  (rooms: readonly Room[]): void;
}

/** A join that reads while its room's channel is being followed has the answer by then. */
const gatherMs = 100;

/** One look for all rooms that come within a tenth of a second: a query per school, however many they are. */
export function createLookForMissed(feed: Pick<MessageFeed, "lookAt">): LookForMissed {
  const waiting = new Set<Room>();
  return (rooms) => {
    if (rooms.length === 0) return;
    if (waiting.size === 0) {
      setTimeout(() => {
        const now = [...waiting];
        waiting.clear();
        void feed.lookAt(now);
      }, gatherMs);
    }
    for (const room of rooms) waiting.add(room);
  };
}
