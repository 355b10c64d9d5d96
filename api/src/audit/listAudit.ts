import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { AuditEvent } from "./auditEvent.ts";
import type { Services } from "../services.ts";

/** listAudit */
export function listAudit(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<{ events: AuditEvent[]; more: boolean }> {
  return Promise.reject(new DarasaError("unavailable"));
}
