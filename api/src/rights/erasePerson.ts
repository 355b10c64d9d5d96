import { notifyControl, recordAudit } from "@darasa/database";
import { DarasaError, type ParticipantId } from "@darasa/protocol";
import { changeAccess, endAllSignIns } from "../accounts/endAccess.ts";
import { revokeInvitationsOf } from "../invitations/store.ts";
import { authorizePersonChange, keepSchoolAdmin } from "../people/authorizePersonChange.ts";
import type { UserCaller } from "../routing/access.ts";
import { cleanDisplayText } from "../schema/displayText.ts";
import type { Services } from "../services.ts";
import { eraseAccount, storePendingErasure } from "./eraseStore.ts";
import { eraseTraces } from "./eraseTraces.ts";

interface Erasure {
  readonly id: ParticipantId;
  /** The name as it is shown. */
  readonly confirm: string;
}

/**
 * Erases somebody for good. The account is gone when the first transaction commits; what they said and their name
 * in registers go after it, what they drew is taken away by the gateway, and should a process die in between, or a
 * gateway store a last message of theirs, `finishErasures` goes on.
 * @throws DarasaError not_found, forbidden, bad_request for another name, conflict for the last who runs the school
 */
export async function erasePerson(
  services: Services,
  caller: UserCaller,
  { id, confirm }: Erasure,
): Promise<void> {
  const { schoolId } = caller;
  await services.database.inSchool(schoolId, async (tx) => {
    const person = await authorizePersonChange(tx, caller, id);
    refuseOtherName(person.name, confirm);
    await keepSchoolAdmin(tx, person);
    await revokeInvitationsOf(tx, id, services.now());
    await changeAccess(services, tx, { schoolId, participantId: id });
    await endAllSignIns(services, tx, { schoolId, userId: id });
    await eraseAccount(tx, { participantId: id, ...person }, services.now());
    await storePendingErasure(tx, id, services.now());
    await recordAudit(tx, { actor: caller, action: "user.erased", subject: { kind: "user", id } });
    await notifyControl(tx, { kind: "drawingsErased", schoolId, participantId: id });
  });
  await eraseTraces(services, { schoolId, participantId: id });
}

/** @throws DarasaError bad_request */
export function refuseOtherName(name: string, confirm: string): void {
  if (cleanDisplayText(confirm) !== cleanDisplayText(name)) {
    throw new DarasaError("bad_request", { details: { detail: "confirm: is not the name" } });
  }
}
