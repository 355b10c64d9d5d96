import { DarasaError, type LiveClassId, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** Erases a guest. */
export function eraseGuest(
  _services: Services,
  _caller: UserCaller,
  _erasure: {
    readonly liveClassId: LiveClassId;
    readonly participantId: ParticipantId;
    readonly confirm: string;
  },
): Promise<void> {
  return Promise.reject(new DarasaError("unavailable"));
}
