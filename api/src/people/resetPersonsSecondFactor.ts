import type { ParticipantId } from "@darasa/protocol";
import { endAllSignIns } from "../accounts/endAccess.ts";
import type { UserCaller } from "../routing/access.ts";
import { resetSecondFactor } from "../secondFactor/resetSecondFactor.ts";
import type { Services } from "../services.ts";
import { actOnPerson } from "./actOnPerson.ts";
import type { Person } from "./person.ts";

/**
 * Takes the second factor and its recovery codes from somebody who lost them, and signs them out: whoever holds
 * the lost device is in no longer. @throws DarasaError not_found, forbidden
 */
export function resetPersonsSecondFactor(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<Person> {
  return actOnPerson(services, caller, {
    id,
    perform: async (tx) => {
      await resetSecondFactor(tx, id);
      await endAllSignIns(services, tx, { schoolId: caller.schoolId, userId: id });
      return [{ action: "user.secondFactorReset" }];
    },
  });
}
