import {
  roomRole,
  type ClassPermissions,
  type ErrorCode,
  type ParticipantRole,
  type Result,
  type SchoolRole,
  type TrackKind,
} from "@darasa/protocol";
import { type RunningClass, noLocks } from "../room/room.ts";

/** What one person is and may read in one room, now. */
export interface Access {
  readonly role: ParticipantRole;
  /** As it stands in the database, which may be newer than their ticket. */
  readonly name: string;
  /** After so long their sign-in is over. */
  readonly signInEndsInMs: number;
  /** Let draw by the teacher of the running class although not everybody may. */
  readonly drawAllowed: boolean;
  /** What they may send in the running class; null: what it says of all. */
  readonly sources: readonly TrackKind[] | null;
  /** Of the running class, whether they are in it or only look at its room; no locks without one. */
  readonly permissions: ClassPermissions;
  /** The first `seq` that they may read. */
  readonly firstSeq: number;
  /** The room's newest `seq`; 0 when nothing was said yet. */
  readonly headSeq: number;
  readonly inClass: boolean;
  readonly running: RunningClass | null;
}

/** What the database says about one person, one room and, when one was named, one live class of it. */
export interface AccessFacts {
  readonly isGuest: boolean;
  readonly roomKind: "class" | "group" | "direct";
  readonly headSeq: number;
  /** Null when the connection's sign-in does not hold: it is another's, over, or was ended. */
  readonly signInEndsInMs: number | null;
  /** In a direct room: both are students, and their school does not let students talk in private. */
  readonly mayNotTalk: boolean;
  /** The account; null for guests and for accounts that are not this school's or were closed. */
  readonly user: { readonly name: string; readonly role: SchoolRole } | null;
  readonly memberRole: "teacher" | "student" | null;
  /** `none`: no class was named. `missing`: there is no such class in this room. */
  readonly named: "none" | "missing" | "scheduled" | "live" | "ended";
  /** Their admission to the class that was named, or else to the one that runs. */
  readonly admission: Admission | null;
  readonly running: (RunningClass & { readonly firstSeq: number }) | null;
}

interface Admission {
  readonly name: string;
  readonly role: ParticipantRole;
  readonly drawAllowed: boolean;
  readonly sources: readonly TrackKind[] | null;
  readonly isRemoved: boolean;
}

/** The one rule of who may enter a room, with or without its live class (SPEC R2, R8, E4, P6, T6). */
export function judgeAccess(facts: AccessFacts): Result<Access> {
  const { signInEndsInMs } = facts;
  if (signInEndsInMs === null) return { ok: false, error: "unauthenticated" };
  const who = facts.isGuest ? guest(facts) : account(facts);
  if (who === null) return { ok: false, error: "not_found" };
  const refusal = refusalOf(facts);
  if (refusal !== null) return { ok: false, error: refusal };
  return { ok: true, value: { ...who, signInEndsInMs, ...placeOf(facts) } };
}

/** What the room and the class that runs in it mean for somebody who may enter. */
function placeOf(facts: AccessFacts): Omit<Access, "role" | "name" | "signInEndsInMs"> {
  const { running, admission, headSeq, named } = facts;
  return {
    drawAllowed: admission?.drawAllowed ?? false,
    sources: admission?.sources ?? null,
    permissions: running?.permissions ?? noLocks,
    firstSeq: facts.isGuest ? firstSeqOfGuest(facts) : 1,
    headSeq,
    inClass: named === "live",
    running: running && toRunningClass(running),
  };
}

function toRunningClass({ liveClassId, permissions, stage }: RunningClass): RunningClass {
  return { liveClassId, permissions, stage };
}

/** Guests read from the beginning of their class on. */
function firstSeqOfGuest({ running, headSeq }: AccessFacts): number {
  return running?.firstSeq ?? headSeq + 1;
}

function refusalOf({ named, admission, mayNotTalk }: AccessFacts): ErrorCode | null {
  if (mayNotTalk) return "forbidden";
  if (named === "missing") return "not_found";
  if (named === "scheduled") return "class_not_started";
  if (named === "ended") return "class_ended";
  if (named === "live" && admission === null) return "not_found";
  // Who was removed from the class that runs cannot watch it from outside either.
  return admission?.isRemoved === true ? "removed" : null;
}

interface Who {
  readonly role: ParticipantRole;
  readonly name: string;
}

/** A guest is nobody outside of their one class. */
function guest({ admission, named }: AccessFacts): Who | null {
  if (named === "none" || admission?.role !== "guest") return null;
  return { role: "guest", name: admission.name };
}

function account({ user, memberRole, roomKind }: AccessFacts): Who | null {
  if (user === null) return null;
  const role = roomRole({ roomKind, schoolRole: user.role, memberRole });
  return role && { role, name: user.name };
}
