import { DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** Erases a person. */
export function erasePerson(
  _services: Services,
  _caller: UserCaller,
  _erasure: { readonly id: ParticipantId; readonly confirm: string },
): Promise<void> {
  return Promise.reject(new DarasaError("unavailable"));
}
