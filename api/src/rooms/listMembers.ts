import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import type { Member } from "./room.ts";
import { loadMembers } from "./memberStore.ts";

/** Who belongs to the room, teachers first. @throws DarasaError not_found */
export function listMembers(services: Services, caller: UserCaller, id: RoomId): Promise<Member[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeRoom(tx, caller, id);
    return [...(await loadMembers(tx, id))];
  });
}
