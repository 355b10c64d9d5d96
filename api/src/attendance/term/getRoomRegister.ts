import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { makeRoomRegister } from "./makeRoomRegister.ts";
import { readRoomTerm } from "./readRoomTerm.ts";
import type { RoomRegister } from "./roomRegister.ts";
import type { Stretch } from "./sumStore.ts";

/**
 * Who was in which class of the room: for its teachers. So many are read at a time (`Services.termPlaces`).
 * @throws DarasaError not_found, forbidden, unavailable when too many of the school wait
 */
export function getRoomRegister(
  services: Services,
  caller: UserCaller,
  { signal, ...of }: Stretch & { readonly roomId: RoomId; readonly signal: AbortSignal },
): Promise<RoomRegister> {
  const read = async () => makeRoomRegister(await readRoomTerm(services, caller, of));
  return services.termPlaces.within(caller.schoolId, read, signal);
}
