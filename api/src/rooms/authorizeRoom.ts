import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type RoomId } from "@darasa/protocol";
import { authorizeGuest } from "../liveClasses/authorizeLiveClass.ts";
import type { Caller, UserCaller } from "../routing/access.ts";
import { loadRoom, type RoomRow } from "./store.ts";

/** The room for somebody who may see it. @throws DarasaError not_found */
export async function authorizeRoom(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: RoomId,
): Promise<RoomRow> {
  const room = await loadRoom(tx, caller, id);
  if (!room) throw new DarasaError("not_found");
  return room;
}

/** The room for a teacher of it. @throws DarasaError not_found, forbidden */
export async function authorizeRoomTeacher(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: RoomId,
): Promise<RoomRow> {
  const room = await authorizeRoom(tx, caller, id);
  if (room.role !== "teacher") throw new DarasaError("forbidden");
  return room;
}

/** From which message on a person may read. */
export interface ReadableRoom {
  readonly firstSeq: number;
}

/**
 * Whether the caller may read what is in the room. Guests read the room of their class, while it runs, from
 * the class's own first message on.
 * @throws DarasaError not_found, removed, class_not_started, class_ended
 */
export async function authorizeReader(
  tx: SchoolTransaction,
  caller: Caller,
  id: RoomId,
): Promise<ReadableRoom> {
  if (caller.kind === "user") {
    await authorizeRoom(tx, caller, id);
    return { firstSeq: 1 };
  }
  const liveClass = await authorizeGuest(tx, caller);
  if (liveClass.roomId !== id || liveClass.firstSeq === null) throw new DarasaError("not_found");
  return { firstSeq: liveClass.firstSeq };
}
