import { recordAudit } from "@darasa/database";
import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizeMemberChange } from "./authorizeMemberChange.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import type { Room } from "./room.ts";
import { showRoom } from "./showRooms.ts";
import { storeRoomName } from "./store.ts";

/** Gives a class or group another name. @throws DarasaError not_found, forbidden */
export function changeRoom(
  services: Services,
  caller: UserCaller,
  { id, name }: { readonly id: RoomId; readonly name?: string | undefined },
): Promise<Room> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    await authorizeMemberChange(tx, caller, id);
    if (name !== undefined) {
      await storeRoomName(tx, id, name);
      await recordAudit(tx, {
        actor: caller,
        action: "room.changed",
        subject: { kind: "room", id },
      });
    }
    return showRoom(tx, caller, await authorizeRoom(tx, caller, id));
  });
}
