import { recordAudit } from "@darasa/database";
import { DarasaError, type RoomId } from "@darasa/protocol";
import { isRoomBusy } from "../liveClasses/store.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { changeAccess } from "../accounts/endAccess.ts";
import { authorizeMemberChange } from "./authorizeMemberChange.ts";
import { loadMembers } from "./memberStore.ts";
import { storeRoomArchived } from "./store.ts";

/**
 * Archives a class or group: nobody enters it any more, and what was said in it and recorded of it stays for as long as
 * the school keeps that. Its planned classes are not shown either.
 * @throws DarasaError not_found, forbidden, conflict while a class runs in it
 */
export function archiveRoom(services: Services, caller: UserCaller, id: RoomId): Promise<void> {
  const { schoolId } = caller;
  return services.database.inSchool(schoolId, async (tx) => {
    const room = await authorizeMemberChange(tx, caller, id);
    if (room.isSubstitute) throw new DarasaError("forbidden");
    if (await isRoomBusy(tx, id)) throw new DarasaError("conflict");
    await storeRoomArchived(tx, id, services.now());
    await recordAudit(tx, {
      actor: caller,
      action: "room.archived",
      subject: { kind: "room", id },
    });
    for (const { userId } of await loadMembers(tx, id)) {
      await changeAccess(services, tx, { schoolId, participantId: userId });
    }
  });
}
