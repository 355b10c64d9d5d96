import { recordAudit } from "@darasa/database";
import type { Context } from "hono";
import { lockAdmissionRules } from "../../invitations/admissionRules.ts";
import { inviteInvitee } from "../../invitations/inviteInvitee.ts";
import { makeLink } from "../../mail/makeLink.ts";
import type { UserCaller } from "../../routing/access.ts";
import type { ApiEnv } from "../../routing/apiEnv.ts";
import type { Services } from "../../services.ts";
import { judgeRoster, readRoster, totalRoster, type ReadRow, type Roster } from "./judgeRoster.ts";
import { readRosterFile } from "./readRosterFile.ts";
import type { RosterResult, RosterRow } from "./roster.ts";

/** Rows of one transaction: what was done stays done if a later one fails, and nobody waits for long. */
const rowsAtOnce = 100;

/**
 * Does what a preview of this roster shows, for every row that is good. The same again changes nothing.
 * @throws DarasaError forbidden, not_found (room)
 */
export async function importRoster(
  services: Services,
  caller: UserCaller,
  { roster, http }: { readonly roster: Roster; readonly http: Context<ApiEnv> },
): Promise<RosterResult> {
  const file = readRosterFile(roster.csv);
  const rows = await services.database.inSchool(caller.schoolId, (tx) =>
    readRoster(tx, caller, { roster, rows: file.fault ? [] : file.rows }),
  );
  if (file.fault) return { ...totalRoster([]), fault: file.fault };
  const done: RosterRow[] = [];
  for (let first = 0; first < rows.length; first += rowsAtOnce) {
    const some = rows.slice(first, first + rowsAtOnce);
    done.push(...(await importRows(services, caller, { rows: some, http })));
  }
  const result = totalRoster(done);
  await services.database.inSchool(caller.schoolId, (tx) =>
    recordAudit(tx, {
      actor: caller,
      action: "people.imported",
      subject: { kind: "school", id: caller.schoolId },
      details: result.totals,
    }),
  );
  return result;
}

function importRows(
  services: Services,
  caller: UserCaller,
  { rows, http }: { readonly rows: readonly ReadRow[]; readonly http: Context<ApiEnv> },
): Promise<RosterRow[]> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const rules = await lockAdmissionRules(tx);
    const linkTo = (path: `/${string}`) => makeLink(services, http, path);
    const inviting = { caller, rules, linkTo };
    const judged = await judgeRoster(tx, rows, {
      rules,
      inviter: caller.role,
      nowMs: services.now(),
    });
    for (const { work } of judged) {
      if (work) await inviteInvitee(services, tx, { inviting, ...work });
    }
    return judged.map(({ shown }) => shown);
  });
}
