import { DarasaError } from "@darasa/protocol";
import type { Services } from "../services.ts";
import type { Picture } from "./picture.ts";
import { loadLogo } from "./store.ts";

/** The logo of the school with that short name. @throws DarasaError not_found */
export async function getLogo({ database }: Services, slug: string): Promise<Picture> {
  const school = await database.findSchoolBySlug(slug);
  const logo = school && (await database.inSchool(school.schoolId, loadLogo));
  if (!logo) throw new DarasaError("not_found");
  return logo;
}
