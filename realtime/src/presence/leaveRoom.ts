import type { PresenceFeed } from "../publish/presenceFeed.ts";
import { done, type Answer } from "../room/answer.ts";
import { leave } from "../room/people.ts";
import type { Session, Stay } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { StayObserver } from "../room/stayObserver.ts";
import type { KeepHand } from "./handMemory.ts";

/** How a session gets out of rooms. */
export interface Departures {
  /** Takes the session out of one room; nothing when it has left already. */
  depart(stay: Stay): void;
  /** Takes it out of all: its connection is gone. */
  departFromAll(session: Session): void;
}

interface DepartureParts {
  readonly rooms: RoomRegistry;
  readonly presence: PresenceFeed;
  readonly observers: readonly StayObserver[];
  readonly keepHand: KeepHand;
}

/** Every leave of a room goes through here, whatever its cause. */
export function createDepartures(parts: DepartureParts): Departures {
  const { rooms, presence, observers, keepHand } = parts;

  function depart(stay: Stay): void {
    if (!stay.isPresent) return;
    const { room, session } = stay;
    session.outbox.unsubscribe(room.channel);
    leave(stay);
    keepHand(room, session.identity.participantId);
    for (const observer of observers) observer.left(stay);
    presence.changed(room, session.identity.participantId);
    rooms.release(room);
  }

  return {
    depart,
    departFromAll(session) {
      for (const stay of [...session.stays.values()]) depart(stay);
    },
  };
}

/** Answers the command to leave a room. */
export function createLeaveRoom(departures: Departures) {
  return (stay: Stay): Answer<Readonly<Record<string, never>>> => {
    departures.depart(stay);
    return done;
  };
}
