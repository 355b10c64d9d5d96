import type { SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId, type RoomId } from "@darasa/protocol";
import { authorizeGuest } from "../liveClasses/authorizeLiveClass.ts";
import { loadRunningClasses } from "../liveClasses/store.ts";
import type { Caller, GuestCaller, UserCaller } from "../routing/access.ts";
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

/** What somebody who may read in a room may read. */
export interface ReadableRoom {
  readonly firstSeq: number;
  /** The class that runs in the room now. */
  readonly running: LiveClassId | null;
}

/**
 * Whether the caller may read what is in the room. Guests read the room of their class, while it runs, from
 * the class's own first message on. Who was removed from the class that runs reads nothing until it is over.
 * @throws DarasaError not_found, removed, class_not_started, class_ended
 */
export async function authorizeReader(
  tx: SchoolTransaction,
  caller: Caller,
  id: RoomId,
): Promise<ReadableRoom> {
  if (caller.kind === "guest") return authorizeGuestReader(tx, caller, id);
  await authorizeRoom(tx, caller, id);
  const [running] = await loadRunningClasses(tx, caller.participantId, [id]);
  if (running?.removed) throw new DarasaError("removed");
  return { firstSeq: 1, running: running?.id ?? null };
}

async function authorizeGuestReader(
  tx: SchoolTransaction,
  guest: GuestCaller,
  id: RoomId,
): Promise<ReadableRoom> {
  const liveClass = await authorizeGuest(tx, guest);
  if (liveClass.roomId !== id || liveClass.firstSeq === null) throw new DarasaError("not_found");
  return { firstSeq: liveClass.firstSeq, running: liveClass.id };
}
