import { DarasaError } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { RefreshRoom } from "./refreshRoom.ts";

/** Re-reads rooms that may have missed what was told. */
export interface Reread {
  /** All that are served now. */
  all(): void;
  /** One of them. */
  one(room: Room): void;
  stop(): void;
}

interface RereadParts {
  readonly rooms: RoomRegistry;
  readonly refresh: RefreshRoom;
  /** Texts of any room that are kept in memory may have been erased. */
  readonly forgetRecent: () => void;
  readonly log: Log;
}

const retryAfterMs = 1_000;

/** Tries each until it has succeeded or nobody is in it any more. */
export function createReread({ rooms, refresh, forgetRecent, log }: RereadParts): Reread {
  const timers = new Set<NodeJS.Timeout>();
  let isStopped = false;

  async function attempt(room: Room): Promise<void> {
    try {
      await refresh(room);
    } catch (error) {
      if (!(error instanceof DarasaError)) log("error", "a room could not be re-read", { error });
      if (!isStopped && rooms.find(room.schoolId, room.roomId) === room) retry(room);
    }
  }

  function retry(room: Room): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(room);
    }, retryAfterMs);
    timers.add(timer);
  }

  return {
    all() {
      forgetRecent();
      for (const room of rooms.all()) void attempt(room);
    },
    one: (room) => void attempt(room),
    stop() {
      isStopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
