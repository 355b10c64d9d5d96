import { DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Person } from "./person.ts";
import { managesPeople, showPerson } from "./showPerson.ts";
import { loadPerson } from "./store.ts";

/** One person of the school. @throws DarasaError not_found, also for a closed account that the caller may not see */
export async function getPerson(
  services: Services,
  caller: UserCaller,
  id: ParticipantId,
): Promise<Person> {
  const row = await services.database.inSchool(caller.schoolId, (tx) => loadPerson(tx, id));
  if (!row || !(row.isActive || managesPeople(caller))) throw new DarasaError("not_found");
  return showPerson(caller, row);
}
