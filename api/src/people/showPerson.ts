import { hasSchoolPermission } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Person } from "./person.ts";
import type { PersonRow } from "./store.ts";

/** A person as this caller may see them. */
export function showPerson(caller: UserCaller, row: PersonRow): Person {
  const { isActive, ...person } = row;
  const status = isActive ? "active" : "deactivated";
  if (managesPeople(caller)) return { ...person, status };
  const { id, name, role } = person;
  return { id, name, role, status, ...hidden };
}

const hidden = { email: null, emailVerified: null, secondFactor: null, lastSeenAtMs: null };

/** Whether the caller sees addresses and closed accounts, and changes them. */
export function managesPeople(caller: UserCaller): boolean {
  return hasSchoolPermission(caller.role, "people.manage");
}
