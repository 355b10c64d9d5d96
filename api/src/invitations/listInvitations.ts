import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { PendingInvitation } from "./invitation.ts";
import type { Services } from "../services.ts";

/** listInvitations */
export function listInvitations(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<{ invitations: PendingInvitation[]; more: boolean }> {
  return Promise.reject(new DarasaError("unavailable"));
}
