import type { Log } from "../log.ts";
import type { BoardPlace } from "./boardPlace.ts";

interface BoardHomeParts {
  /** Tells the other nodes that this one serves the board. */
  readonly say: (place: BoardPlace) => void;
  /** Somebody is at the board here. */
  readonly isServed: (name: string) => boolean;
  /** Sends everybody away from the board here, to come back to where it is served. */
  readonly letGo: (name: string) => void;
  readonly uptimeMs: () => number;
  readonly log: Log;
  readonly restMs?: number;
}

/** Which node serves a board: that to which somebody came last. Two copies in memory would not see each other. */
export interface BoardHome {
  /** Somebody has come, and nobody else is at the board here. */
  came(place: BoardPlace): void;
  /** Another node serves it from now on. */
  servedElsewhere(name: string): void;
  stop(): void;
}

/**
 * A proxy that does not keep boards on one node would send them to and fro: whoever had to let a board go
 * claims it no sooner than a minute later.
 */
const defaultRestMs = 60_000;

/** Claims what is come to, and lets go of what others claim. */
export function createBoardHome(parts: BoardHomeParts): BoardHome {
  const { say, isServed, letGo, uptimeMs, log, restMs = defaultRestMs } = parts;
  const restsUntilMs = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();

  function claim(place: BoardPlace): void {
    restsUntilMs.delete(place.name);
    timers.delete(place.name);
    if (isServed(place.name)) say(place);
  }

  function forgetOld(): void {
    for (const [name, untilMs] of restsUntilMs) {
      if (untilMs > uptimeMs()) return;
      restsUntilMs.delete(name);
    }
  }

  return {
    came(place) {
      const restMsLeft = (restsUntilMs.get(place.name) ?? 0) - uptimeMs();
      if (restMsLeft <= 0) {
        claim(place);
        return;
      }
      if (timers.has(place.name)) return;
      log("warn", "a board is served by two nodes: the proxy must send all of a board to one", {
        board: place.boardId,
      });
      timers.set(place.name, setTimeout(() => claim(place), restMsLeft).unref());
    },
    servedElsewhere(name) {
      forgetOld();
      if (isServed(name)) {
        restsUntilMs.delete(name);
        restsUntilMs.set(name, uptimeMs() + restMs);
      }
      letGo(name);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}
