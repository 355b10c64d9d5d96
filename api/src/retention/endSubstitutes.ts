import { recordAudit } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import { changeAccess } from "../accounts/endAccess.ts";
import type { Services } from "../services.ts";
import { deleteEndedSubstitutes } from "./store.ts";

/** Takes the substitutes whose time is over out of their rooms and ends what they have open there; gives how many. */
export function endSubstitutes(
  services: Pick<Services, "database" | "now" | "signIns">,
  schoolId: SchoolId,
): Promise<number> {
  return services.database.inSchool(schoolId, async (tx) => {
    const ended = await deleteEndedSubstitutes(tx, services.now());
    for (const { roomId, userId } of ended) {
      await recordAudit(tx, {
        actor: null,
        action: "room.memberRemoved",
        subject: { kind: "room", id: roomId },
        details: { userId },
      });
      await changeAccess(services, tx, { schoolId, participantId: userId });
    }
    return ended.length;
  });
}
