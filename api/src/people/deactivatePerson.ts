import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { ParticipantId } from "@darasa/protocol";
import type { Person } from "./person.ts";
import type { Services } from "../services.ts";

/** deactivatePerson */
export function deactivatePerson(
  _services: Services,
  _caller: UserCaller,
  _id: ParticipantId,
): Promise<Person> {
  return Promise.reject(new DarasaError("unavailable"));
}
