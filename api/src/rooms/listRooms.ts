import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Room } from "./room.ts";
import { showRooms } from "./showRooms.ts";
import { loadRooms } from "./store.ts";

/** The rooms that the caller may see, by name. */
export function listRooms(services: Services, caller: UserCaller): Promise<Room[]> {
  return services.database.inSchool(caller.schoolId, async (tx) =>
    showRooms(tx, caller, await loadRooms(tx, caller)),
  );
}
