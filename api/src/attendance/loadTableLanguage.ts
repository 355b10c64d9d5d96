import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";
import { languageSchema } from "../accounts/user.ts";
import type { UserCaller } from "../routing/access.ts";
import type { TableLanguage } from "./tableWords.ts";

const readerSchema = z.object({ language: languageSchema });

/** The language of whoever asks: tables are written in it. */
export function loadTableLanguage(
  tx: SchoolTransaction,
  { participantId }: UserCaller,
): Promise<TableLanguage> {
  return tx.oneFirst(sql.type(readerSchema)`
    select language from users where user_id = ${participantId}`);
}
