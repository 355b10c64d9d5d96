import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { EncodedJson } from "../../routing/encodedJson.ts";
import { makeRoomRegister } from "./makeRoomRegister.ts";
import { makeTermFile } from "./makeTermFile.ts";
import { readRoomTerm } from "./readRoomTerm.ts";
import type { RoomRegister } from "./roomRegister.ts";
import type { Stretch } from "./sumStore.ts";

/** So many are made in less time than a thread takes to start, and block nobody for longer than that. */
const maxCellsAtOnce = 20_000;

/**
 * Who was in which class of the room: for its teachers. So many are read at a time (`Services.termPlaces`).
 * @throws DarasaError not_found, forbidden, unavailable when too many of the school wait
 */
export function getRoomRegister(
  services: Services,
  caller: UserCaller,
  { signal, ...of }: Stretch & { readonly roomId: RoomId; readonly signal: AbortSignal },
): Promise<RoomRegister | EncodedJson<RoomRegister>> {
  const read = async () => {
    const term = await readRoomTerm(services, caller, of);
    if (term.students.length * term.classes.length <= maxCellsAtOnce) return makeRoomRegister(term);
    return new EncodedJson<RoomRegister>(await makeTermFile({ read: term, kind: "json" }, signal));
  };
  return services.termPlaces.within(caller.schoolId, read, signal);
}
