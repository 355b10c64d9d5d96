import { notifyControl } from "@darasa/database";
import type { ParticipantId, SchoolId } from "@darasa/protocol";
import { removeRecordingsOf } from "../recordings/removeRecordings.ts";
import type { Services } from "../services.ts";
import { countDrawnBoards, deletePendingErasure, loadPendingErasures } from "./eraseStore.ts";
import { eraseTraces } from "./eraseTraces.ts";

/** Longer than a gateway may hold a message that it is about to store, and than tickets and checks live. */
const settledAfterMs = 10 * 60_000;

/**
 * Erases again what of erased people came after them, or was left by a process that died; forgets those of whom
 * nothing was found and whose erasure is a while ago. What they drew is the gateway's to take away: it is asked again
 * until it has done so. Gives how many rows were changed.
 */
export async function finishErasures(
  services: Pick<Services, "database" | "now" | "recordings" | "log">,
  schoolId: SchoolId,
): Promise<number> {
  const { database } = services;
  let total = 0;
  for (const { participantId, askedAtMs } of await database.inSchool(
    schoolId,
    loadPendingErasures,
  )) {
    const changed = await eraseTraces(services, { schoolId, participantId });
    const recordings = await removeRecordingsOf(services, { schoolId, participantId });
    total += changed + recordings.removed;
    const isDrawn = await askForDrawings(services, { schoolId, participantId });
    const isLeft = changed + recordings.removed + recordings.left > 0;
    if (isLeft || isDrawn || services.now() - askedAtMs < settledAfterMs) continue;
    await database.inSchool(schoolId, (tx) => deletePendingErasure(tx, participantId));
  }
  return total;
}

/** Whether something may still be on a board that they drew. */
function askForDrawings(
  { database }: Pick<Services, "database">,
  who: { readonly schoolId: SchoolId; readonly participantId: ParticipantId },
): Promise<boolean> {
  return database.inSchool(who.schoolId, async (tx) => {
    if ((await countDrawnBoards(tx, who.participantId)) === 0) return false;
    await notifyControl(tx, { kind: "drawingsErased", ...who });
    return true;
  });
}
