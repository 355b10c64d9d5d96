import { sql, type SchoolTransaction } from "@darasa/database";
import {
  canAssignRole,
  DarasaError,
  schoolRoles,
  type RoomId,
  type SchoolRole,
} from "@darasa/protocol";
import * as z from "zod";
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
  const callersRole = await holdRole(tx, caller);
  if (callersRole === null || !canAssignRole(callersRole, role)) throw new DarasaError("forbidden");
  if (roomId === undefined) return;
  const room = await authorizeRoom(tx, caller, roomId);
  if (room.kind === "direct") throw new DarasaError("not_found");
}

const roleSchema = z.object({ role: z.enum(schoolRoles) });

/**
 * What the caller is now, and stays until the transaction ends: whoever locks them out takes back what they have made
 * until then, and after that they make nothing.
 */
function holdRole(tx: SchoolTransaction, caller: UserCaller): Promise<SchoolRole | null> {
  return tx.maybeOneFirst(sql.type(roleSchema)`
    select role from users where user_id = ${caller.participantId} and deactivated_at is null for share`);
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
