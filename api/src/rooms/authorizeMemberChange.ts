import type { SchoolTransaction } from "@darasa/database";
import {
  DarasaError,
  hasSchoolPermission,
  type ParticipantId,
  type RoomId,
} from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import { authorizeRoomTeacher } from "./authorizeRoom.ts";
import { hasOtherTeacher, loadPlace } from "./memberStore.ts";
import { lockRoom, type RoomRow } from "./store.ts";

/** A class or group, held while who belongs there is changed. */
export interface HeldRoom extends RoomRow {
  readonly kind: "class" | "group";
}

/**
 * The class or group for a teacher who changes it or who belongs there. The members of a direct room are the two
 * who talk: nobody changes that.
 * @throws DarasaError not_found, forbidden
 */
export async function authorizeMemberChange(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: RoomId,
): Promise<HeldRoom> {
  await lockRoom(tx, id);
  return refuseDirect(await authorizeRoomTeacher(tx, caller, id));
}

/** The same room, unless it is one of two people. @throws DarasaError forbidden */
export function refuseDirect(room: RoomRow): HeldRoom {
  const { kind } = room;
  if (kind === "direct") throw new DarasaError("forbidden");
  return { ...room, kind };
}

/**
 * Nobody takes the last teacher who is there to stay away, but those who run the school.
 * @throws DarasaError conflict
 */
export async function refuseUnlessTaught(
  tx: SchoolTransaction,
  caller: UserCaller,
  { roomId, userId }: { readonly roomId: RoomId; readonly userId: ParticipantId },
): Promise<void> {
  if (hasSchoolPermission(caller.role, "rooms.runAll")) return;
  const place = await loadPlace(tx, roomId, userId);
  if (place?.role !== "teacher" || place.untilMs !== null) return;
  if (!(await hasOtherTeacher(tx, roomId, userId))) throw new DarasaError("conflict");
}
