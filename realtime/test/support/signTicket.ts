import { randomUUID } from "node:crypto";
import { ticketIssuer, ticketLifetimeSeconds, type GatewayTicketClaims } from "@darasa/protocol";
import { SignJWT } from "jose";

/** Who a ticket is for; what is left out is as the API would write it now. */
export interface TicketPlan {
  readonly schoolId: string;
  readonly participantId: string;
  readonly name: string;
  /** Left out: the one that `signEverybodyIn` gave them. */
  readonly signInId?: string | undefined;
  readonly guestOf?: string | undefined;
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly issuedAtMs?: number;
}

/** A gateway ticket as the API signs it (SPEC T1). */
export function signGatewayTicket(key: Uint8Array, plan: TicketPlan): Promise<string> {
  const claims: Partial<GatewayTicketClaims> = { aud: "gateway" };
  return sign(key, plan, claims);
}

/** A board ticket as the API signs it (SPEC T1). */
export function signBoardTicketFor(
  key: Uint8Array,
  plan: TicketPlan,
  board: { readonly document: string; readonly room: string; readonly liveClass: string | null },
): Promise<string> {
  return sign(key, plan, { aud: "board", ...board });
}

function sign(key: Uint8Array, plan: TicketPlan, claims: object): Promise<string> {
  const issuedAtMs = plan.issuedAtMs ?? Date.now();
  const iat = Math.floor(issuedAtMs / 1000);
  return new SignJWT({
    iss: ticketIssuer,
    sub: plan.participantId,
    jti: randomUUID(),
    iat,
    exp: iat + ticketLifetimeSeconds,
    issuedAtMs,
    school: plan.schoolId,
    name: plan.name,
    signIn: plan.signInId ?? plan.participantId,
    guestOf: plan.guestOf,
    ...claims,
    ...plan.claims,
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(key);
}
