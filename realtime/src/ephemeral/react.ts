import type { React, Reaction } from "@darasa/protocol";
import type { Publisher } from "../publish/publisher.ts";
import { done, type Answer } from "../room/answer.ts";
import type { Room, Stay } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";

interface ReactParts {
  readonly publisher: Publisher;
  readonly rooms: RoomRegistry;
  readonly hallIntervalMs: number;
}

/** Shows one person's reaction to all; those of a hall are counted, and told together (SPEC P12). */
export function createReact({ publisher, rooms, hallIntervalMs }: ReactParts) {
  const counted = new Map<Room, Map<Reaction, number>>();

  function count(room: Room, reaction: Reaction): void {
    const counts = counted.get(room) ?? beginCounting(room);
    counts.set(reaction, (counts.get(reaction) ?? 0) + 1);
  }

  function beginCounting(room: Room): Map<Reaction, number> {
    const counts = new Map<Reaction, number>();
    counted.set(room, counts);
    rooms.hold(room.schoolId, room.roomId);
    setTimeout(() => {
      counted.delete(room);
      const event = { type: "reaction", room: room.roomId, participantId: null } as const;
      for (const [reaction, howMany] of counts) {
        publisher.publishEverywhere(room.channel, { ...event, reaction, count: howMany });
      }
      rooms.release(room);
    }, hallIntervalMs).unref();
    return counts;
  }

  return (
    { room, session }: Stay,
    { reaction }: React,
  ): Answer<Readonly<Record<string, never>>> => {
    const { participantId } = session.identity;
    if (room.isHall) count(room, reaction);
    else {
      publisher.publishEverywhere(room.channel, {
        type: "reaction",
        room: room.roomId,
        reaction,
        participantId,
        count: 1,
      });
    }
    return done;
  };
}
