import type { Database } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";
import { loadUser } from "../accounts/loadUser.ts";
import type { User } from "../accounts/user.ts";

/** Revocation, removal of an account and change of role take effect within this time, without a query per request. */
const rememberedForMs = 5_000;
const maxRemembered = 20_000;
/** Longer than a transaction takes from its change to its commit. */
const doubtedForMs = 15_000;

/** Tells whether access tokens' sign-ins are still good. */
export interface SignInChecks {
  /** The person behind the sign-in as of at most 5 s ago; null when it was revoked or is over. */
  check(schoolId: SchoolId, signInId: string): Promise<User | null>;
  /**
   * Every check of the next 15 s asks the database: called where this process itself changes what the sign-in is
   * worth, also within the transaction, since what is read before its commit is not kept.
   */
  forget(signInId: string): void;
  /** The same for all sign-ins of a school: it shows itself otherwise now. */
  forgetSchool(schoolId: SchoolId): void;
}

interface Remembered {
  readonly schoolId: SchoolId;
  readonly askedAtMs: number;
  readonly person: Promise<User | null>;
}

/** Sign-in checks over the database; those who ask at the same time share one query. */
export function makeSignInChecks(database: Database, now: () => number): SignInChecks {
  const remembered = new BoundedMap<string, Remembered>(maxRemembered);
  const doubtedAtMs = new BoundedMap<string, number>(maxRemembered);

  const isDoubted = (id: string, nowMs: number) => {
    const sinceMs = doubtedAtMs.get(id);
    return sinceMs !== undefined && nowMs - sinceMs < doubtedForMs;
  };
  const check: SignInChecks["check"] = (schoolId, signInId) => {
    const nowMs = now();
    const load = () => database.inSchool(schoolId, (tx) => loadUser(tx, signInId, nowMs));
    if (isDoubted(signInId, nowMs) || isDoubted(schoolId, nowMs)) return load();
    const known = remembered.get(signInId);
    if (known?.schoolId === schoolId && nowMs - known.askedAtMs < rememberedForMs)
      return known.person;
    const person = load();
    remembered.set(signInId, { schoolId, askedAtMs: nowMs, person });
    // A failure is told to those who wait for it and not remembered.
    person.catch(() => {
      if (remembered.get(signInId)?.person === person) remembered.delete(signInId);
    });
    return person;
  };
  return {
    check,
    forget(signInId) {
      remembered.delete(signInId);
      doubtedAtMs.set(signInId, now());
    },
    forgetSchool(schoolId) {
      doubtedAtMs.set(schoolId, now());
    },
  };
}
