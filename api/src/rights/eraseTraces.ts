import { notifyControl } from "@darasa/database";
import type { ParticipantId, SchoolId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import {
  eraseCorrectionReasons,
  eraseFromAudit,
  eraseFromRegisters,
  eraseMessages,
} from "./eraseStore.ts";

/** Rows of one transaction: far below what a statement may take. */
const batchSize = 1_000;
/** Of one call; who wrote more is erased by the next ones. */
const maxBatches = 50;

/**
 * Erases what an erased person has said, their name from registers and the audit log, and why their verdicts were
 * corrected, in transactions of bounded size; open chats are told. Gives how many rows were changed: 0 when nothing was left.
 */
export async function eraseTraces(
  services: Pick<Services, "database" | "now">,
  {
    schoolId,
    participantId,
  }: { readonly schoolId: SchoolId; readonly participantId: ParticipantId },
): Promise<number> {
  const batch = { participantId, nowMs: services.now(), size: batchSize };
  let total = 0;
  for (let count = 0; count < maxBatches; count += 1) {
    const changed = await services.database.inSchool(schoolId, async (tx) => {
      const rooms = await eraseMessages(tx, batch);
      for (const { roomId } of rooms) {
        const senderId = participantId;
        await notifyControl(tx, { kind: "messagesErased", schoolId, roomId, senderId });
      }
      const messages = rooms.reduce((sum, room) => sum + room.erased, 0);
      const registers = await eraseFromRegisters(tx, batch);
      const reasons = await eraseCorrectionReasons(tx, batch);
      return messages + registers + reasons + (await eraseFromAudit(tx, batch));
    });
    if (changed === 0) break;
    total += changed;
  }
  return total;
}
