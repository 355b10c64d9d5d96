import type { ParticipantId } from "@darasa/protocol";
import { changeAccess, endAllSignIns } from "../accounts/endAccess.ts";
import { revokeInvitationsOf } from "../invitations/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { actOnPerson } from "./actOnPerson.ts";
import { keepSchoolAdmin } from "./authorizePersonChange.ts";
import type { Person } from "./person.ts";
import { setActive } from "./store.ts";

/**
 * Closes somebody's account and ends all that they have open.
 * @throws DarasaError not_found, forbidden, conflict for the last who runs the school
 */
export function deactivatePerson(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<Person> {
  return actOnPerson(services, caller, {
    id,
    perform: async (tx, person) => {
      if (!person.isActive) return [];
      await keepSchoolAdmin(tx, person);
      await setActive(tx, id, { isActive: false, nowMs: services.now() });
      await revokeInvitationsOf(tx, id, services.now());
      await changeAccess(services, tx, { schoolId: caller.schoolId, participantId: id });
      // Or the old sign-ins would be good again when the account is opened again.
      await endAllSignIns(services, tx, { schoolId: caller.schoolId, userId: id });
      return [{ action: "user.deactivated" }];
    },
  });
}
