import { createSqlTag } from "slonik";
import * as z from "zod";

/**
 * Slonik's tag: `sql.type(schema)` for rows, which are checked against the schema as they arrive, and
 * ``sql.typeAlias("nothing")`` for statements whose rows nobody reads.
 */
export const sql = createSqlTag({ typeAliases: { nothing: z.unknown() } });
