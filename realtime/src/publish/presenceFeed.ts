import type { Participant, ParticipantId, PresenceEvent } from "@darasa/protocol";
import { listedParticipants } from "../room/hall.ts";
import type { Person, Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { Publisher } from "./publisher.ts";

/** Tells the people of a room who came, changed or went (SPEC P2, P10). */
export interface PresenceFeed {
  /** Something that others see of this person changed, by what happened at this node. */
  changed(room: Room, participantId: ParticipantId): void;
  /** The same, by what another node said. */
  changedElsewhere(room: Room, participantId: ParticipantId): void;
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
  readonly hallIntervalMs: number;
  /** Lets the other nodes know. */
  readonly changedHere: (room: Room, participantId: ParticipantId) => void;
  readonly now: () => number;
}

/** Tells at once in a quiet room, and gathers so that none is told more often than every `intervalMs`. */
export function createPresenceFeed(parts: FeedParts): PresenceFeed {
  const { publisher, rooms, now } = parts;
  const pending = new Map<Room, Pending>();
  const told = new WeakMap<Room, { readonly atMs: number; readonly count: number }>();

  function publish(room: Room): void {
    const changed = pending.get(room)?.changed ?? new Set();
    pending.delete(room);
    const event = eventOf(room, changed);
    const isNews =
      event.reset === true ||
      event.present.length + event.gone.length > 0 ||
      event.count !== told.get(room)?.count;
    if (isNews) {
      told.set(room, { atMs: now(), count: event.count });
      publisher.publish(room.channel, event);
    }
    rooms.release(room);
  }

  function schedule(room: Room): Pending {
    // Until it is told: somebody who comes back meanwhile must come back to this room.
    rooms.hold(room.schoolId, room.roomId);
    const intervalMs = room.isHall ? parts.hallIntervalMs : parts.intervalMs;
    const sinceMs = now() - (told.get(room)?.atMs ?? 0);
    const waitMs = Math.max(0, Math.min(intervalMs, intervalMs - sinceMs));
    const timer = setTimeout(() => publish(room), waitMs);
    return { changed: new Set(), timer };
  }

  function changedElsewhere(room: Room, participantId: ParticipantId): void {
    const waiting = pending.get(room) ?? schedule(room);
    pending.set(room, waiting);
    waiting.changed.add(participantId);
  }

  return {
    changed(room, participantId) {
      parts.changedHere(room, participantId);
      changedElsewhere(room, participantId);
    },
    changedElsewhere,
    stop() {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  };
}

/** What is told of these people now: their state, and not what became of it in between. */
function eventOf(room: Room, changed: Iterable<ParticipantId>): PresenceEvent {
  const event = { type: "presence", room: room.roomId, count: room.people.size } as const;
  if (room.isListNew) {
    room.isListNew = false;
    return { ...event, present: listedParticipants(room), gone: [], reset: true };
  }
  const present: Participant[] = [];
  const gone: ParticipantId[] = [];
  for (const id of changed) {
    const person = room.people.get(id);
    if (isListed(room, person)) present.push(person.participant);
    // Of a hall's many, nobody has the others in their list.
    else if (!room.isHall || room.noteChanged.has(id)) gone.push(id);
  }
  room.noteChanged.clear();
  return { ...event, present, gone };
}

function isListed(room: Room, person: Person | undefined): person is Person {
  return person !== undefined && (!room.isHall || room.ofNote.has(person));
}
