import type { SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { deletePendingErasure, loadPendingErasures } from "./eraseStore.ts";
import { eraseTraces } from "./eraseTraces.ts";

/** Longer than a gateway may hold a message that it is about to store, and than tickets and checks live. */
const settledAfterMs = 10 * 60_000;

/**
 * Erases again what of erased people came after them, or was left by a process that died; forgets those of whom
 * nothing was found and whose erasure is a while ago. Gives how many rows were changed.
 */
export async function finishErasures(
  services: Pick<Services, "database" | "now">,
  schoolId: SchoolId,
): Promise<number> {
  const { database } = services;
  let total = 0;
  for (const { participantId, askedAtMs } of await database.inSchool(
    schoolId,
    loadPendingErasures,
  )) {
    const changed = await eraseTraces(services, { schoolId, participantId });
    total += changed;
    if (changed > 0 || services.now() - askedAtMs < settledAfterMs) continue;
    await database.inSchool(schoolId, (tx) => deletePendingErasure(tx, participantId));
  }
  return total;
}
