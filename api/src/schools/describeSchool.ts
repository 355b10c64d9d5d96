import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { loadSchoolSettings } from "./loadSchoolSettings.ts";
import type { PublicSchool } from "./schoolSettings.ts";

/** What the school with that short name looks like from outside. @throws DarasaError not_found */
export async function describeSchool({ database }: Services, slug: string): Promise<PublicSchool> {
  const school = await database.findSchoolBySlug(slug);
  if (!school) throw new DarasaError("not_found");
  const { name, colour, logo } = await database.inSchool(school.schoolId, loadSchoolSettings);
  return { slug, name, colour, logo };
}
