import { recordAudit } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import { lockSchoolSettings } from "../schools/loadSchoolSettings.ts";
import type { Services } from "../services.ts";
import { authorizeRoom } from "./authorizeRoom.ts";
import type { Room } from "./room.ts";
import { showRoom } from "./showRooms.ts";
import { isSchoolFull, storeRoom } from "./store.ts";

/** A new room with the caller as its teacher. @throws DarasaError limit_reached */
export function createRoom(
  services: Services,
  caller: UserCaller,
  room: { readonly kind: "class" | "group"; readonly name: string },
): Promise<Room> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    // Of two rooms made at the same time, the second is counted with the first.
    await lockSchoolSettings(tx);
    if (await isSchoolFull(tx)) throw new DarasaError("limit_reached");
    const id = await storeRoom(tx, room, caller.participantId);
    await recordAudit(tx, { actor: caller, action: "room.created", subject: { kind: "room", id } });
    return showRoom(tx, caller, await authorizeRoom(tx, caller, id));
  });
}
