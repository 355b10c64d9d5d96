import type { Database } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import { BoundedMap } from "../boundedMap.ts";
import { loadSignedInPerson, type SignedInPersonRow } from "./store.ts";

/** Revocation, removal of an account and change of role take effect within this time, without a query per request. */
const rememberedForMs = 5_000;
const maxRemembered = 20_000;

/** Tells whether access tokens' sign-ins are still good. */
export interface SignInChecks {
  /** The person behind the sign-in as of at most 5 s ago; null when it was revoked or is over. */
  check(schoolId: SchoolId, signInId: string): Promise<SignedInPersonRow | null>;
  /** The next check asks the database: called when this process itself ended the sign-in. */
  forget(signInId: string): void;
}

interface Remembered {
  readonly askedAtMs: number;
  readonly person: Promise<SignedInPersonRow | null>;
}

/** Sign-in checks over the database; those who ask at the same time share one query. */
export function makeSignInChecks(database: Database, now: () => number): SignInChecks {
  const remembered = new BoundedMap<string, Remembered>(maxRemembered);
  const check: SignInChecks["check"] = (schoolId, signInId) => {
    const known = remembered.get(signInId);
    const nowMs = now();
    if (known && nowMs - known.askedAtMs < rememberedForMs) return known.person;
    const person = database.inSchool(schoolId, (tx) => loadSignedInPerson(tx, signInId, nowMs));
    remembered.set(signInId, { askedAtMs: nowMs, person });
    // A failure is told to those who wait for it and not remembered.
    person.catch(() => {
      if (remembered.get(signInId)?.person === person) remembered.delete(signInId);
    });
    return person;
  };
  return { check, forget: (signInId) => remembered.delete(signInId) };
}
