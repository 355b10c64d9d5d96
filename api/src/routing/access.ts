import {
  hasSchoolPermission,
  type LiveClassId,
  type ParticipantId,
  type SchoolId,
  type SchoolPermission,
  type SchoolRole,
} from "@darasa/protocol";

/**
 * Who may call a route at all; the rule behind it then decides about the thing asked for.
 * - `anonymous`: anybody
 * - `refreshCookie`: anybody, but only from a page of this same origin (the two routes that read the cookie)
 * - `signedIn`: accounts, and guests, who are confined to their one live class by the rules
 * - `user`: accounts
 * - a permission: accounts whose role has it, by the one table of the protocol
 */
export type Access = "anonymous" | "refreshCookie" | "signedIn" | "user" | SchoolPermission;

interface SignedInPerson {
  readonly participantId: ParticipantId;
  readonly schoolId: SchoolId;
  readonly signInId: string;
  readonly name: string;
}

/** An account, with the role that its row says (at most a few seconds ago), not the token. */
export interface UserCaller extends SignedInPerson {
  readonly kind: "user";
  readonly role: SchoolRole;
}

/** Somebody without an account, let into one live class by its code. */
export interface GuestCaller extends SignedInPerson {
  readonly kind: "guest";
  readonly guestOf: LiveClassId;
}

export type Caller = UserCaller | GuestCaller;

/** What a handler knows of its caller, by the access that its route declares. */
export type CallerOf<A extends Access> = A extends "signedIn"
  ? Caller
  : A extends "user" | SchoolPermission
    ? UserCaller
    : null;

/** True for routes that need no access token. */
export function isOpenToAnybody(access: Access): access is "anonymous" | "refreshCookie" {
  return access === "anonymous" || access === "refreshCookie";
}

/** Whether this caller may use a route of that access. */
export function mayCall(caller: Caller, access: Access): boolean {
  if (isOpenToAnybody(access) || access === "signedIn") return true;
  if (caller.kind !== "user") return false;
  return access === "user" || hasSchoolPermission(caller.role, access);
}
