import type { RoomId, SchoolId } from "@darasa/protocol";
import { roomChannel } from "../publish/channelNames.ts";
import type { Channel } from "../publish/publisher.ts";
import { type Room, newRoom } from "./room.ts";

/** The rooms of this process: one value per room, for as long as somebody needs it. */
export interface RoomRegistry {
  /** The room, made when it is not there, and kept until it was released as often as it was held. */
  hold(schoolId: SchoolId, roomId: RoomId): Room;
  release(room: Room): void;
  find(schoolId: SchoolId, roomId: RoomId): Room | undefined;
  /** All that are held now; safe while rooms come and go. */
  all(): readonly Room[];
  readonly size: number;
}

/** Holds them by school and id. */
export function createRoomRegistry(): RoomRegistry {
  const held = new Map<Channel, { readonly room: Room; holds: number }>();
  return {
    hold(schoolId, roomId) {
      const channel = roomChannel(schoolId, roomId);
      const entry = held.get(channel) ?? { room: newRoom(schoolId, roomId), holds: 0 };
      entry.holds += 1;
      held.set(channel, entry);
      return entry.room;
    },
    release(room) {
      const entry = held.get(room.channel);
      if (entry?.room !== room) return;
      entry.holds -= 1;
      if (entry.holds === 0) held.delete(room.channel);
    },
    find: (schoolId, roomId) => held.get(roomChannel(schoolId, roomId))?.room,
    all: () => [...held.values()].map((entry) => entry.room),
    get size() {
      return held.size;
    },
  };
}
