import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import type { Room } from "./room.ts";
import { showRoom } from "./showRooms.ts";
import { storeRoom } from "./store.ts";

/** A new room with the caller as its teacher. */
export function createRoom(
  services: Services,
  caller: UserCaller,
  room: { readonly kind: "class" | "group"; readonly name: string },
): Promise<Room> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const id = await storeRoom(tx, room, caller.participantId);
    return showRoom(tx, caller, await authorizeRoom(tx, caller, id));
  });
}
