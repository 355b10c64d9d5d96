import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";

/** inviteByLink */
export function inviteByLink(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<{ link: string | null; results: never[] }> {
  return Promise.reject(new DarasaError("unavailable"));
}
