import type { Caller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { signTicket } from "../tokens/signTicket.ts";

/** Where the gateway listens, behind the same address as the API. */
export const gatewayPath = "/ws";

/** A ticket that opens one gateway connection as the caller; it says nothing of rooms. */
export function signGatewayTicket(
  services: Pick<Services, "keys" | "newId" | "now">,
  caller: Caller,
): Promise<string> {
  return signTicket(
    services.keys,
    { aud: "gateway", ...ticketPerson(caller) },
    { jti: services.newId(), nowMs: services.now() },
  );
}

/** What every ticket says of the person. */
export function ticketPerson(caller: Caller) {
  return {
    sub: caller.participantId,
    school: caller.schoolId,
    name: caller.name,
    signIn: caller.signInId,
    ...(caller.kind === "guest" ? { guestOf: caller.guestOf } : {}),
  };
}
