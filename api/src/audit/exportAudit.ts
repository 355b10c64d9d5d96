import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** exportAudit */
export function exportAudit(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<string> {
  return Promise.reject(new DarasaError("unavailable"));
}
