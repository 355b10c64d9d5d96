import type { components } from "../../api/schema.d.ts";

/** One entry of the audit log. */
export type AuditEvent = components["schemas"]["AuditEvent"];

export type AuditAction = AuditEvent["action"];
