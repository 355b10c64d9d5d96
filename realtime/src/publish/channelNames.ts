import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";
import type { Channel } from "./publisher.ts";

/** Where a room's events go. The school is in it: no mistake elsewhere can cross schools. */
export function roomChannel(schoolId: SchoolId, roomId: RoomId): Channel {
  return `room:${schoolId}:${roomId}` as Channel;
}

/** Where a board's frames go (`/yjs`). */
export function boardChannel(schoolId: SchoolId, boardId: BoardId): Channel {
  return `board:${schoolId}:${boardId}` as Channel;
}
