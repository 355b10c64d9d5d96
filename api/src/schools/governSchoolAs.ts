import {
  type AuditAction,
  type AuditEntry,
  notifyControlAll,
  recordAudit,
  type SchoolTransaction,
  sql,
} from "@darasa/database";
import type { Services } from "../services.ts";
import type { Governance, GovernedSchool } from "./governedSchool.ts";
import type { SchoolLimits } from "./schoolSettings.ts";
import { showGovernedSchool } from "./showGovernedSchool.ts";
import { loadSignedIn } from "./store.ts";

interface Decision {
  readonly schoolId: string;
  readonly governance: Governance;
}

/**
 * Changes what only the operator decides of a school. Where it closes, all of its people's connections close with
 * it, and no sign-in of theirs is worth anything until it opens again. A null actor is the operator's command.
 */
export function governSchoolAs(
  services: Pick<Services, "database" | "now">,
  actor: AuditEntry["actor"],
  { schoolId, governance }: Decision,
): Promise<GovernedSchool> {
  return services.database.inSchool(schoolId, async (tx) => {
    const before = await showGovernedSchool(tx);
    await storeGovernance(tx, schoolId, governance);
    const after = await showGovernedSchool(tx);
    const record = (action: AuditAction, details: AuditEntry["details"] = {}) =>
      recordAudit(tx, { actor, action, subject: { kind: "school", id: schoolId }, details });

    const limits = differences(before.limits, after.limits);
    if (Object.keys(limits).length > 0) await record("school.limitsChanged", limits);
    const wasSuspended = before.suspendedAtMs !== null;
    const isSuspended = after.suspendedAtMs !== null;
    if (wasSuspended !== isSuspended) {
      await record(isSuspended ? "school.suspended" : "school.resumed");
    }
    if (isSuspended && !wasSuspended) await endAllAccess(services, tx, schoolId);
    return after;
  });
}

async function storeGovernance(
  tx: SchoolTransaction,
  schoolId: string,
  governance: Governance,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    select govern_school(${schoolId}, ${governance.maxUsers ?? null}, ${governance.maxRooms ?? null},
      ${governance.maxBoardsPerRoom ?? null}, ${governance.maxGuestsPerClass ?? null},
      ${governance.suspended ?? null})`);
}

async function endAllAccess(
  services: Pick<Services, "now">,
  tx: SchoolTransaction,
  schoolId: string,
): Promise<void> {
  const atMs = services.now();
  const people = await loadSignedIn(tx, atMs);
  const gone = { kind: "accessChanged", schoolId, signInIds: null, atMs } as const;
  await notifyControlAll(
    tx,
    people.map(({ participantId }) => ({ ...gone, participantId })),
  );
}

function differences(before: SchoolLimits, after: SchoolLimits): Record<string, number> {
  const names = Object.keys(after) as (keyof SchoolLimits)[];
  const changed = names.filter((name) => before[name] !== after[name]);
  return Object.fromEntries(
    changed.flatMap((name) => [
      [name, after[name]],
      [`${name}.was`, before[name]],
    ]),
  );
}
