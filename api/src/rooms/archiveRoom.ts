import { DarasaError, type RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** Archives. */
export function archiveRoom(_services: Services, _caller: UserCaller, _id: RoomId): Promise<void> {
  return Promise.reject(new DarasaError("unavailable"));
}
