import { sql, type Database, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type SchoolId } from "@darasa/protocol";
import { lockSchoolSettings } from "./loadSchoolSettings.ts";

/** A school that is to be. */
export interface SchoolFounding {
  readonly slug: string;
  readonly name: string;
  readonly language: "en" | "sw";
}

/**
 * Makes a school and lets its first person in, or nothing that anybody would notice: a school in which the second
 * step failed has nobody and never had, and its short name goes to whoever asks for it next.
 * @throws DarasaError taken
 */
export async function foundSchool<T>(
  database: Database,
  { slug, name, language }: SchoolFounding,
  admitFirst: (tx: SchoolTransaction, schoolId: SchoolId) => Promise<T>,
): Promise<T> {
  const made = await database.createSchool({ slug, name });
  const schoolId = (made ?? (await database.findSchoolBySlug(slug))?.schoolId) as
    SchoolId | undefined;
  if (schoolId === undefined) throw new DarasaError("taken");
  return database.inSchool(schoolId, async (tx) => {
    await lockSchoolSettings(tx);
    if (await isInhabited(tx)) throw new DarasaError("taken");
    await tx.query(sql.typeAlias("nothing")`
      update schools set name = ${name}, sign_up_language = ${language}`);
    return admitFirst(tx, schoolId);
  });
}

/** Whether anybody is or was in the school, or is invited. */
function isInhabited(tx: SchoolTransaction): Promise<boolean> {
  return tx.exists(sql.typeAlias("nothing")`
    select where exists (select from users) or exists (select from invitations)
      or exists (select from audit_events)`);
}
