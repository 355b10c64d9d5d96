import { DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Room } from "./room.ts";

/** Opens. */
export function openDirectRoom(
  _services: Services,
  _caller: UserCaller,
  _userId: ParticipantId,
): Promise<Room> {
  return Promise.reject(new DarasaError("unavailable"));
}
