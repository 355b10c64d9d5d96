import { isUuid } from "@darasa/protocol";
import { auditActions } from "./actionOptions.ts";
import type { AuditAction } from "./auditEvent.ts";

/** Which entries of the log are wanted. */
export interface AuditFilter {
  readonly actor?: string;
  readonly subject?: string;
  readonly action?: AuditAction;
}

/** The filter of an address; what makes no sense in it filters nothing. */
export function decodeAuditFilter(params: Readonly<Record<string, unknown>>): AuditFilter {
  const { actor, subject, action } = params;
  const known = auditActions.find((each) => each === action);
  return {
    ...(typeof actor === "string" && isUuid(actor) ? { actor } : {}),
    ...(typeof subject === "string" && isUuid(subject) ? { subject } : {}),
    ...(known === undefined ? {} : { action: known }),
  };
}
