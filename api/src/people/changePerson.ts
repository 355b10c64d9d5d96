import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Person } from "./person.ts";
import type { Services } from "../services.ts";

/** changePerson */
export function changePerson(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<Person> {
  return Promise.reject(new DarasaError("unavailable"));
}
