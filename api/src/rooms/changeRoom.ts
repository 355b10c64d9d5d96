import { DarasaError, type RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Room } from "./room.ts";

/** Renames. */
export function changeRoom(
  _services: Services,
  _caller: UserCaller,
  _change: { readonly id: RoomId; readonly name?: string | undefined },
): Promise<Room> {
  return Promise.reject(new DarasaError("unavailable"));
}
