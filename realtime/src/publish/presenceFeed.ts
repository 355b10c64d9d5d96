import type { Participant, ParticipantId } from "@darasa/protocol";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { Publisher } from "./publisher.ts";

/** Tells the people of a room who came, changed or went (SPEC P2). */
export interface PresenceFeed {
  /** Something that others see of this person changed. */
  changed(room: Room, participantId: ParticipantId): void;
  /** Drops what was not yet told. */
  stop(): void;
}

interface Pending {
  readonly changed: Set<ParticipantId>;
  readonly timer: NodeJS.Timeout;
}

/** What a feed works with. */
export interface FeedParts {
  readonly publisher: Publisher;
  readonly rooms: RoomRegistry;
  readonly intervalMs: number;
  readonly now: () => number;
}

/** Tells at once in a quiet room, and gathers so that none is told more often than every `intervalMs`. */
export function createPresenceFeed({ publisher, rooms, intervalMs, now }: FeedParts): PresenceFeed {
  const pending = new Map<Room, Pending>();
  const toldAtMs = new WeakMap<Room, number>();

  function publish(room: Room): void {
    const changed = pending.get(room)?.changed ?? new Set();
    pending.delete(room);
    toldAtMs.set(room, now());
    const present: Participant[] = [];
    const gone: ParticipantId[] = [];
    for (const id of changed) {
      const person = room.people.get(id);
      if (person === undefined) gone.push(id);
      else present.push(person.participant);
    }
    publisher.publish(room.channel, {
      type: "presence",
      room: room.roomId,
      present,
      gone,
      count: room.people.size,
    });
    rooms.release(room);
  }

  function schedule(room: Room): Pending {
    // Until it is told: somebody who comes back meanwhile must come back to this room.
    rooms.hold(room.schoolId, room.roomId);
    const sinceMs = now() - (toldAtMs.get(room) ?? 0);
    const waitMs = Math.max(0, Math.min(intervalMs, intervalMs - sinceMs));
    const timer = setTimeout(() => publish(room), waitMs);
    return { changed: new Set(), timer };
  }

  return {
    changed(room, participantId) {
      const waiting = pending.get(room) ?? schedule(room);
      pending.set(room, waiting);
      waiting.changed.add(participantId);
    },
    stop() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}
