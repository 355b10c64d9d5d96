import type { Services } from "../services.ts";
import type { GovernedSchool } from "./governedSchool.ts";
import { showGovernedSchool } from "./showGovernedSchool.ts";

interface Page {
  /** The id of the last school of the page before. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Every school, oldest first, each looked at from inside: no query sees them all. */
export async function listSchools(
  { database }: Pick<Services, "database">,
  { after, limit }: Page,
): Promise<{ schools: GovernedSchool[]; more: boolean }> {
  const ids = await database.listSchoolIds();
  const start = after === undefined ? 0 : ids.indexOf(after) + 1;
  const schools: GovernedSchool[] = [];
  for (const id of ids.slice(start, start + limit)) {
    schools.push(await database.inSchool(id, showGovernedSchool));
  }
  return { schools, more: start + limit < ids.length };
}
