import type { ParticipantId } from "@darasa/protocol";
import { endAllSignIns } from "../accounts/endAccess.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { actOnPerson } from "./actOnPerson.ts";
import type { Person } from "./person.ts";

/** Ends all of somebody's sign-ins, wherever they are. @throws DarasaError not_found, forbidden */
export function signPersonOut(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<Person> {
  return actOnPerson(services, caller, {
    id,
    perform: async (tx) => {
      await endAllSignIns(services, tx, { schoolId: caller.schoolId, userId: id });
      return [{ action: "user.signedOut" }];
    },
  });
}
