import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { SafeguardedRoom } from "./safeguardedRoom.ts";
import { loadAllRooms } from "./store.ts";

/** Rooms of the school whose name or members match, whoever belongs to them; the liveliest first. */
export function listSafeguardedRooms(
  services: Services,
  caller: UserCaller,
  query: string,
): Promise<SafeguardedRoom[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => [
    ...(await loadAllRooms(tx, query.trim())),
  ]);
}
