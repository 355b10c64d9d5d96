import { lockAdmissionRules } from "../../invitations/admissionRules.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { judgeRoster, readRoster, totalRoster, type Roster } from "./judgeRoster.ts";
import { readRosterFile } from "./readRosterFile.ts";
import type { RosterResult } from "./roster.ts";

/** What an import of this roster would do now. @throws DarasaError forbidden, not_found (room) */
export function previewRoster(
  services: Services,
  caller: UserCaller,
  roster: Roster,
): Promise<RosterResult> {
  const file = readRosterFile(roster.csv);
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const rows = await readRoster(tx, caller, { roster, rows: file.fault ? [] : file.rows });
    if (file.fault) return { ...totalRoster([]), fault: file.fault };
    const rules = await lockAdmissionRules(tx);
    const judged = await judgeRoster(tx, rows, {
      rules,
      inviter: caller.role,
      nowMs: services.now(),
    });
    return totalRoster(judged.map(({ shown }) => shown));
  });
}
