import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../../routing/access.ts";
import type { RosterResult } from "./roster.ts";
import type { Services } from "../../services.ts";

/** previewRoster */
export function previewRoster(
  _services: Services,
  _caller: UserCaller,
  _what: object,
): Promise<RosterResult> {
  return Promise.reject(new DarasaError("unavailable"));
}
