import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** revokeInvitation */
export function revokeInvitation(
  _services: Services,
  _caller: UserCaller,
  _id: string,
): Promise<void> {
  return Promise.reject(new DarasaError("unavailable"));
}
