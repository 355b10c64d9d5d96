import type { SchoolTransaction } from "@darasa/database";
import { hasPermission } from "@darasa/protocol";
import type { Stay } from "../room/room.ts";
import { loadAccessIn } from "./loadAccess.ts";

/**
 * Whether the person of that stay is a teacher of the room by what the database says, in the transaction of what
 * they are about to do: the gateway may not have heard yet that they are not.
 */
export async function stillTeaches(
  tx: SchoolTransaction,
  { session, room }: Stay,
): Promise<boolean> {
  const question = { ...session.identity, roomId: room.roomId, liveClassId: null };
  const found = await loadAccessIn(tx, question);
  return found.ok && hasPermission(found.value.role, "classroom.moderate");
}
