import { DarasaError } from "@darasa/protocol";
import type { IssuedSignIn } from "../signIns/openSignIn.ts";
import type { Services } from "../services.ts";

/** acceptInvitation */
export function acceptInvitation(_services: Services, _what: object): Promise<IssuedSignIn | null> {
  return Promise.reject(new DarasaError("unavailable"));
}
