import { recordAudit } from "@darasa/database";
import { encodeCsv } from "../csv/encodeCsv.ts";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { AuditEvent } from "./auditEvent.ts";
import { loadAuditEvents, type AuditQuery } from "./store.ts";

const maxEntries = 10_000;
const header = [
  "Time (UTC)",
  "Who",
  "Act",
  "Kind of subject",
  "Subject",
  "Subject's id",
  "Details",
];

/** The newest entries of the audit log as CSV. That it was taken out is itself recorded. */
export async function exportAudit(
  services: Services,
  caller: UserCaller,
  filter: Omit<AuditQuery, "limit" | "before">,
): Promise<string> {
  const events = await services.database.inSchool(caller.schoolId, async (tx) => {
    const found = await loadAuditEvents(tx, { ...filter, limit: maxEntries });
    await recordAudit(tx, {
      actor: caller,
      action: "audit.downloaded",
      subject: { kind: "school", id: caller.schoolId },
      details: { entries: found.length },
    });
    return found;
  });
  return encodeCsv([header, ...events.map(rowOf)]);
}

function rowOf({ atMs, actor, action, subject, details }: AuditEvent): string[] {
  const told = Object.entries(details).map(([name, value]) => `${name}: ${String(value)}`);
  return [
    new Date(atMs).toISOString().slice(0, 19).replace("T", " "),
    actor.name,
    action,
    subject?.kind ?? "",
    subject?.name ?? "",
    subject?.id ?? "",
    told.join("; "),
  ];
}
