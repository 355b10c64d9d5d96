import type { BoardId, LiveClassId, ParticipantId, RoomId, SchoolId } from "./ids.ts";

/** `iss` of every ticket. */
export const ticketIssuer = "darasa";
/** A ticket is worth something this long after its issue, once. */
export const ticketLifetimeSeconds = 30;
/** So long a resume ticket is worth something (SPEC T7). */
export const resumeLifetimeSeconds = 15 * 60;

export type TicketAudience = "gateway" | "board" | "resume";

/** What every ticket says beside `iss`, `aud`, `iat` and `exp` (RFC 7519), signed with HS256 (SPEC T1). */
interface TicketClaims {
  readonly sub: ParticipantId;
  /** Spent ids are remembered until `exp`: a ticket opens one connection. */
  readonly jti: string;
  readonly school: SchoolId;
  readonly name: string;
  /** The sign-in that it was issued to: when that ends, so does what the ticket opened (SPEC T6). */
  readonly signIn: string;
  /** Epoch ms; a node refuses tickets from before it started, since it does not know which were spent. */
  readonly issuedAtMs: number;
  /** Guests see this one live class and nothing else. */
  readonly guestOf?: LiveClassId | undefined;
}

export interface GatewayTicketClaims extends TicketClaims {
  readonly aud: "gateway";
}

export interface BoardTicketClaims extends TicketClaims {
  readonly aud: "board";
  readonly document: BoardId;
  readonly room: RoomId;
  readonly liveClass: LiveClassId | null;
}

/** What the gateway gives to those who are connected, for their next connection (SPEC T7). */
export interface ResumeTicketClaims extends TicketClaims {
  readonly aud: "resume";
}
