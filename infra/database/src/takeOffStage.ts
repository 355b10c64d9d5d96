import { notifyControl, stageColumns, stageSchema, type ControlMessage } from "./control.ts";
import type { SchoolTransaction } from "./createDatabase.ts";
import { sql } from "./sql.ts";

type Where = Pick<
  Extract<ControlMessage, { kind: "stage" }>,
  "schoolId" | "roomId" | "liveClassId"
>;

/**
 * Who was put out presents no more, and is not shown large (SPEC V8): all gateways are told when the transaction
 * commits. Nothing happens where they did and were neither.
 */
export async function takeOffStage(
  tx: SchoolTransaction,
  where: Where,
  participantId: string,
): Promise<void> {
  const stage = await tx.maybeOne(sql.type(stageSchema)`
    update live_classes set presenter_id = nullif(presenter_id, ${participantId}::uuid),
      spotlight_id = nullif(spotlight_id, ${participantId}::uuid)
    where live_class_id = ${where.liveClassId}
      and (presenter_id = ${participantId}::uuid or spotlight_id = ${participantId}::uuid)
    returning ${stageColumns("live_classes")}`);
  if (stage !== null) await notifyControl(tx, { kind: "stage", ...where, stage });
}
