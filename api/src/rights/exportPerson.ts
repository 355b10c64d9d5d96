import { DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** Everything of a person. */
export function exportPerson(
  _services: Services,
  _caller: UserCaller,
  _id: ParticipantId,
): Promise<ReadableStream<Uint8Array>> {
  return Promise.reject(new DarasaError("unavailable"));
}
