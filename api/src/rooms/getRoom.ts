import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import type { Room } from "./room.ts";
import { showRoom } from "./showRooms.ts";

/** One room. @throws DarasaError not_found */
export function getRoom(services: Services, caller: UserCaller, id: RoomId): Promise<Room> {
  return services.database.inSchool(caller.schoolId, async (tx) =>
    showRoom(tx, caller, await authorizeRoom(tx, caller, id)),
  );
}
