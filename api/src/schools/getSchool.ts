import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadSchoolSettings } from "./loadSchoolSettings.ts";
import type { School } from "./schoolSettings.ts";
import { showSchool } from "./showSchool.ts";

/** The caller's own school. */
export function getSchool(services: Services, caller: UserCaller): Promise<School> {
  return services.database.inSchool(caller.schoolId, async (tx) =>
    showSchool(tx, await loadSchoolSettings(tx)),
  );
}
