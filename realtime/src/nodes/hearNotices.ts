import type { Log } from "../log.ts";
import type { Room } from "../room/room.ts";
import type { RoomRegistry } from "../room/roomRegistry.ts";
import type { NodeId, NodeListener, NodeNotice, RoomNotice } from "./nodeBus.ts";
import { isNodeId, readNodeNotice, readRoomNotice } from "./readNotice.ts";

/** What is done with what is heard. */
export interface Ears {
  room(room: Room, notice: RoomNotice, from: NodeId): void;
  node(notice: NodeNotice, from: NodeId): void;
  /** What is said of these rooms is heard from now on, and what was said before was not. */
  followed(rooms: readonly Room[]): void;
  missed(): void;
}

interface HearingParts {
  readonly rooms: RoomRegistry;
  readonly ears: Ears;
  readonly log: Log;
}

/**
 * Brings what is heard to the rooms that it is about. What cannot be read is left: it is of another version, or of
 * nobody's. What cannot be done is logged, and nothing else comes of it.
 */
export function createNodeListener({ rooms, ears, log }: HearingParts): NodeListener {
  function attempt(what: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      log("error", "what another node said could not be done", { what, error });
    }
  }

  return {
    heard(channel, from, said) {
      const room = rooms.at(channel);
      if (room === undefined || !isNodeId(from)) return;
      const notice = readRoomNotice(said, room.roomId);
      if (notice !== null) attempt(notice.kind, () => ears.room(room, notice, from));
    },
    heardByAll(from, said) {
      const notice = isNodeId(from) ? readNodeNotice(said) : null;
      if (notice !== null) attempt(notice.kind, () => ears.node(notice, from));
    },
    followed(channels) {
      const held = channels.flatMap((channel) => rooms.at(channel) ?? []);
      attempt("followed", () => ears.followed(held));
    },
    missed: () => attempt("missed", () => ears.missed()),
  };
}
