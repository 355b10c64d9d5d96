import type { SchoolTransaction } from "@darasa/database";
import { roleInLiveClass } from "../liveClasses/authorizeLiveClass.ts";
import type { LiveClass } from "../liveClasses/liveClass.ts";
import { showLiveClass } from "../liveClasses/showLiveClass.ts";
import { loadRunningClasses } from "../liveClasses/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Room } from "./room.ts";
import type { RoomRow } from "./store.ts";

/** The rooms as the caller sees them, each with the class that runs in it. */
export async function showRooms(
  tx: SchoolTransaction,
  caller: UserCaller,
  rooms: readonly RoomRow[],
): Promise<Room[]> {
  const running = new Map<string, LiveClass>();
  const ids = rooms.map((room) => room.id);
  for (const row of await loadRunningClasses(tx, caller.participantId, ids)) {
    const role = roleInLiveClass(row, caller);
    if (role) running.set(row.roomId, showLiveClass({ row, role }));
  }
  return rooms.map((room) => ({ ...room, liveClass: running.get(room.id) ?? null }));
}

/** One room as the caller sees it. */
export async function showRoom(
  tx: SchoolTransaction,
  caller: UserCaller,
  row: RoomRow,
): Promise<Room> {
  const [room] = await showRooms(tx, caller, [row]);
  if (!room) throw new TypeError("a room was shown as nothing");
  return room;
}
