import { DarasaError, type ParticipantId } from "@darasa/protocol";
import { countActivePeople, lockAdmissionRules } from "../invitations/admissionRules.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { actOnPerson } from "./actOnPerson.ts";
import type { Person } from "./person.ts";
import { setActive } from "./store.ts";

/**
 * Opens somebody's account again; they sign in anew.
 * @throws DarasaError not_found, forbidden, limit_reached
 */
export function reactivatePerson(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<Person> {
  return actOnPerson(services, caller, {
    id,
    perform: async (tx, person) => {
      if (person.isActive) return [];
      const { maxUsers } = await lockAdmissionRules(tx);
      if ((await countActivePeople(tx)) >= maxUsers) throw new DarasaError("limit_reached");
      await setActive(tx, id, { isActive: true, nowMs: services.now() });
      return [{ action: "user.reactivated" }];
    },
  });
}
