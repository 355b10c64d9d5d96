import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { Governance, GovernedSchool } from "./governedSchool.ts";
import { governSchoolAs } from "./governSchoolAs.ts";

/**
 * Changes a school's limits, closes it or opens it again, as one of the operator's own people.
 * @throws DarasaError not_found; conflict when it is their own school that they close
 */
export async function governSchool(
  services: Services,
  caller: UserCaller,
  { slug, ...governance }: Governance & { readonly slug: string },
): Promise<GovernedSchool> {
  const school = await services.database.findSchoolBySlug(slug);
  if (!school) throw new DarasaError("not_found");
  // Nobody of it could open it again.
  if (governance.suspended && school.schoolId === caller.schoolId)
    throw new DarasaError("conflict");
  return governSchoolAs(services, caller, { schoolId: school.schoolId, governance });
}
