import { notifyControl, recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type LiveClassId } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { WaitingList } from "./waitingList.ts";
import { loadWaitingList, type DecidedGuest } from "./waitingStore.ts";

interface Decision {
  readonly id: LiveClassId;
  readonly action: "guest.admitted" | "guest.refused";
  /** Gives those about whom this very transaction decided. */
  readonly store: (tx: SchoolTransaction) => Promise<readonly DecidedGuest[]>;
}

/**
 * Decides about waiting guests, writes down about whom, and tells the gateways, all or nothing. Of two teachers who
 * decide about the same guest at the same time the first counts, and the second learns who still waits.
 * @throws DarasaError not_found, forbidden, class_ended
 */
export function decideGuests(
  services: Services,
  caller: UserCaller,
  { id, action, store }: Decision,
): Promise<WaitingList> {
  const { schoolId } = caller;
  return services.database.inSchool(schoolId, async (tx) => {
    const { row } = await authorizeLiveClassTeacher(tx, caller, id);
    if (row.status === "ended") throw new DarasaError("class_ended");
    const decided = await store(tx);
    for (const { participantId, name } of decided) {
      await recordAudit(tx, {
        actor: caller,
        action,
        subject: { kind: "guest", id: participantId },
        details: { name, liveClassId: id },
      });
    }
    if (decided.length > 0) {
      const { roomId } = row;
      await notifyControl(tx, { kind: "waitingRoomChanged", schoolId, roomId, liveClassId: id });
    }
    return loadWaitingList(tx, id);
  });
}
