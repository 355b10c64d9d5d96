import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { SafeguardedRoom } from "./safeguardedRoom.ts";

/** All rooms. */
export function listSafeguardedRooms(
  _services: Services,
  _caller: UserCaller,
  _query: string,
): Promise<SafeguardedRoom[]> {
  return Promise.reject(new DarasaError("unavailable"));
}
