import type { SchoolTransaction } from "@darasa/database";
import { loadSchoolSettings } from "./loadSchoolSettings.ts";
import type { GovernedSchool } from "./governedSchool.ts";
import { showSchool } from "./showSchool.ts";
import { loadStanding } from "./store.ts";

/** The transaction's school as the operator's own people see it. */
export async function showGovernedSchool(tx: SchoolTransaction): Promise<GovernedSchool> {
  const { id, slug, name, limits, use } = await showSchool(tx, await loadSchoolSettings(tx));
  return { id, slug, name, limits, use, ...(await loadStanding(tx)) };
}
