import { DarasaError, type ParticipantId, type SchoolRole } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import { cleanDisplayText } from "../schema/displayText.ts";
import type { Services } from "../services.ts";
import type { Person } from "./person.ts";
import { managesPeople, showPerson } from "./showPerson.ts";
import { loadPeople } from "./store.ts";

interface Search {
  readonly query: string;
  readonly role?: SchoolRole | undefined;
  readonly status?: Person["status"] | undefined;
  readonly after?: ParticipantId | undefined;
  readonly limit: number;
}

/**
 * A page of the school's people by name.
 * @throws DarasaError forbidden for closed accounts, which only those see who manage people
 */
export async function findPeople(
  services: Services,
  caller: UserCaller,
  { query, role, status, after, limit }: Search,
): Promise<{ people: Person[]; more: boolean }> {
  const manages = managesPeople(caller);
  if (status === "deactivated" && !manages) throw new DarasaError("forbidden");
  const wanted = manages ? status : "active";
  const rows = await services.database.inSchool(caller.schoolId, (tx) =>
    loadPeople(tx, {
      query: cleanDisplayText(query),
      searchesEmail: manages,
      role,
      isActive: wanted && wanted === "active",
      after,
      limit: limit + 1,
    }),
  );
  return {
    people: rows.slice(0, limit).map((row) => showPerson(caller, row)),
    more: rows.length > limit,
  };
}
