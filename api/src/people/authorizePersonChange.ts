import type { SchoolTransaction } from "@darasa/database";
import { canAssignRole, DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import { lockPerson, lockSchoolAdmins, type PersonRow } from "./store.ts";

/**
 * Somebody else whom the caller may change, locked. One's own account has pages of its own.
 * @throws DarasaError not_found, forbidden
 */
export async function authorizePersonChange(
  tx: SchoolTransaction,
  caller: UserCaller,
  id: ParticipantId,
): Promise<PersonRow> {
  // Admins first and in one order, so that two who change each other do not wait for one another.
  await lockSchoolAdmins(tx);
  const person = await lockPerson(tx, id);
  if (!person) throw new DarasaError("not_found");
  if (id === caller.participantId || !canAssignRole(caller.role, person.role)) {
    throw new DarasaError("forbidden");
  }
  return person;
}

/**
 * Lets somebody stop running the school only while somebody else still does.
 * @throws DarasaError conflict for the last active school admin
 */
export async function keepSchoolAdmin(tx: SchoolTransaction, person: PersonRow): Promise<void> {
  if (person.role !== "school_admin" || !person.isActive) return;
  const admins = await lockSchoolAdmins(tx);
  if (admins.every((id) => id === person.id)) throw new DarasaError("conflict");
}
