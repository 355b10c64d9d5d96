import type { ParticipantId } from "@darasa/protocol";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";

/** Lets a remembered hand be forgotten in time, and keeps its room until then (SPEC P3). */
export type KeepHand = (room: Room, participantId: ParticipantId) => void;

/** Forgets after `handMemoryMs`; a hand that was remembered anew meanwhile has its own time. */
export function createHandMemory(rooms: RoomRegistry, handMemoryMs: number): KeepHand {
  return (room, participantId) => {
    const memory = room.memories.get(participantId);
    if (memory === undefined) return;
    rooms.hold(room.schoolId, room.roomId);
    setTimeout(() => {
      if (room.memories.get(participantId) === memory) room.memories.delete(participantId);
      rooms.release(room);
    }, handMemoryMs).unref();
  };
}
