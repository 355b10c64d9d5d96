import { sql, stageColumns, stageSchema, type SchoolTransaction } from "@darasa/database";
import type { LiveClassId } from "@darasa/protocol";
import type * as z from "zod";

/** What a class looks at and may send, as gateways are told of it. */
export function loadStage(
  tx: SchoolTransaction,
  id: LiveClassId,
): Promise<z.infer<typeof stageSchema>> {
  return tx.one(sql.type(stageSchema)`
    select ${stageColumns("live_classes")} from live_classes where live_class_id = ${id}`);
}
