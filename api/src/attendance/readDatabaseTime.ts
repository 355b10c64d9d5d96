import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";

const timeSchema = z.object({ nowMs: z.number() });

/**
 * What Postgres' clock says at this moment, epoch ms: classes, gateways and registers go by it, and by no process's
 * own, which somebody may set.
 */
export function readDatabaseTime(tx: SchoolTransaction): Promise<number> {
  return tx.oneFirst(sql.type(timeSchema)`select clock_timestamp() as "nowMs"`);
}
