import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Person } from "./person.ts";
import type { Services } from "../services.ts";

/** findPeople */
export function findPeople(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<{ people: Person[]; more: boolean }> {
  return Promise.reject(new DarasaError("unavailable"));
}
