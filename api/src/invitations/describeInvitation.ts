import { DarasaError } from "@darasa/protocol";
import type { OpenDoor } from "./invitation.ts";
import type { Services } from "../services.ts";

/** describeInvitation */
export function describeInvitation(_services: Services, _token: string): Promise<OpenDoor> {
  return Promise.reject(new DarasaError("unavailable"));
}
