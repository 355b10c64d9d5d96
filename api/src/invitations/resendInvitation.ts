import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { PendingInvitation } from "./invitation.ts";
import type { Services } from "../services.ts";

/** resendInvitation */
export function resendInvitation(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<PendingInvitation> {
  return Promise.reject(new DarasaError("unavailable"));
}
