import { notifyControl, recordAudit, takeOffStage } from "@darasa/database";
import { DarasaError, type LiveClassId, type ParticipantId } from "@darasa/protocol";
import { endAllSignIns } from "../accounts/endAccess.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { refuseOtherName } from "./erasePerson.ts";
import { lockGuest, removeErasedGuest, storePendingErasure } from "./eraseStore.ts";
import { eraseTraces } from "./eraseTraces.ts";

interface GuestErasure {
  readonly liveClassId: LiveClassId;
  readonly participantId: ParticipantId;
  /** The name as it is shown. */
  readonly confirm: string;
}

/**
 * Erases a guest for good, and removes them from the class when it runs. Their minutes stay in the register.
 * @throws DarasaError not_found, bad_request for another name
 */
export async function eraseGuest(
  services: Services,
  caller: UserCaller,
  { liveClassId, participantId, confirm }: GuestErasure,
): Promise<void> {
  const { schoolId } = caller;
  await services.database.inSchool(schoolId, async (tx) => {
    const guest = await lockGuest(tx, liveClassId, participantId);
    if (!guest) throw new DarasaError("not_found");
    refuseOtherName(guest.name, confirm);
    await endAllSignIns(services, tx, { schoolId, userId: participantId });
    await removeErasedGuest(tx, participantId, services.now());
    await storePendingErasure(tx, participantId, services.now());
    await recordAudit(tx, {
      actor: caller,
      action: "user.erased",
      subject: { kind: "guest", id: participantId },
    });
    const where = { schoolId, roomId: guest.roomId, liveClassId };
    await notifyControl(tx, { kind: "participantRemoved", ...where, participantId });
    await takeOffStage(tx, where, participantId);
    await notifyControl(tx, { kind: "drawingsErased", schoolId, participantId });
  });
  await eraseTraces(services, { schoolId, participantId });
}
