import type { SchoolTransaction } from "../createDatabase.ts";
import { sql } from "../sql.ts";
import type { AuditAction, AuditSubjectKind } from "./auditActions.ts";

/** Who acts when nobody of the school does: the operator's command, or a job. */
const nobodysName = "system";

/** One privileged act, as it is written down. */
export interface AuditEntry {
  /** Null: the operator or a job. The name is kept as it was, for when the person is gone. */
  readonly actor: { readonly participantId: string; readonly name: string } | null;
  readonly action: AuditAction;
  readonly subject?: { readonly kind: AuditSubjectKind; readonly id: string };
  /** What changed, at most 8 KiB as JSON; never a secret. */
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

/** Writes the act into the school's audit log, in the transaction of the act: both happen, or neither. */
export async function recordAudit(tx: SchoolTransaction, entry: AuditEntry): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    insert into audit_events (school_id, actor_id, actor_name, action, subject_kind, subject_id, details)
    values (app_school_id(), ${entry.actor?.participantId ?? null}, ${entry.actor?.name ?? nobodysName},
      ${entry.action}, ${entry.subject?.kind ?? null}, ${entry.subject?.id ?? null},
      ${sql.jsonb(entry.details ?? {})})`);
}
