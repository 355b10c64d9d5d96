import type { SchoolTransaction } from "@darasa/database";
import { canAssignRole, DarasaError, type RoomId, type SchoolRole } from "@darasa/protocol";
import { authorizeRoom } from "../rooms/authorizeRoom.ts";
import type { UserCaller } from "../routing/access.ts";
import { lockInvitation, type InvitationRow } from "./store.ts";

/**
 * Whether the caller may invite somebody to be that, and into that room.
 * @throws DarasaError forbidden, not_found for a room that the caller does not see
 */
export async function authorizeInviting(
  tx: SchoolTransaction,
  caller: UserCaller,
  { role, roomId }: { readonly role: SchoolRole; readonly roomId?: RoomId | undefined },
): Promise<void> {
  if (!canAssignRole(caller.role, role)) throw new DarasaError("forbidden");
  if (roomId === undefined) return;
  const room = await authorizeRoom(tx, caller, roomId);
  if (room.kind === "direct") throw new DarasaError("not_found");
}

/** A pending invitation that the caller may change, locked. @throws DarasaError not_found, forbidden */
export async function authorizeInvitation(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: string,
): Promise<InvitationRow> {
  const invitation = await lockInvitation(tx, id);
  if (!invitation) throw new DarasaError("not_found");
  if (!canAssignRole(caller.role, invitation.role)) throw new DarasaError("forbidden");
  return invitation;
}
