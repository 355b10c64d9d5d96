import { DarasaError, type ParticipantId, type RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** Removes. */
export function removeMember(
  _services: Services,
  _caller: UserCaller,
  _member: { readonly roomId: RoomId; readonly userId: ParticipantId },
): Promise<void> {
  return Promise.reject(new DarasaError("unavailable"));
}
