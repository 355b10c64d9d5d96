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
  /** The room that has this channel. */
  at(channel: Channel): Room | undefined;
  /** All that are held now; safe while rooms come and go. */
  all(): readonly Room[];
  readonly size: number;
}

/** Hears which rooms this process serves. */
export interface RoomWatcher {
  /** The room is served from now on. */
  came(channel: Channel): void;
  /** It is not any more. */
  went(channel: Channel): void;
}

const nobody: RoomWatcher = { came: () => undefined, went: () => undefined };

/** Holds them by school and id. */
export function createRoomRegistry(watcher: RoomWatcher = nobody): RoomRegistry {
  const held = new Map<Channel, { readonly room: Room; holds: number }>();
  return {
    hold(schoolId, roomId) {
      const channel = roomChannel(schoolId, roomId);
      const entry = held.get(channel) ?? { room: newRoom(schoolId, roomId), holds: 0 };
      entry.holds += 1;
      held.set(channel, entry);
      if (entry.holds === 1) watcher.came(channel);
      return entry.room;
    },
    release(room) {
      const entry = held.get(room.channel);
      if (entry?.room !== room) return;
      entry.holds -= 1;
      if (entry.holds > 0) return;
      held.delete(room.channel);
      watcher.went(room.channel);
    },
    at: (channel) => held.get(channel)?.room,
    find: (schoolId, roomId) => held.get(roomChannel(schoolId, roomId))?.room,
    all: () => [...held.values()].map((entry) => entry.room),
    get size() {
      return held.size;
    },
  };
}
