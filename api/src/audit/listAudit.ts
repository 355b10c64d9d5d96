import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { AuditEvent } from "./auditEvent.ts";
import { loadAuditEvents, type AuditQuery } from "./store.ts";

/** A page of the school's audit log, newest first. */
export async function listAudit(
  services: Services,
  caller: UserCaller,
  query: AuditQuery,
): Promise<{ events: AuditEvent[]; more: boolean }> {
  const events = await services.database.inSchool(caller.schoolId, (tx) =>
    loadAuditEvents(tx, { ...query, limit: query.limit + 1 }),
  );
  return { events: events.slice(0, query.limit), more: events.length > query.limit };
}
