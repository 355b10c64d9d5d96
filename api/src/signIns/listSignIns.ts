import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { loadSignIns, type SignInRow } from "./store.ts";

/** Where somebody is signed in. */
export interface ShownSignIn extends SignInRow {
  /** The one that asks. */
  readonly isThis: boolean;
}

/** The caller's sign-ins that still hold, the one used last first. */
export async function listSignIns(services: Services, caller: UserCaller): Promise<ShownSignIn[]> {
  const rows = await services.database.inSchool(caller.schoolId, (tx) =>
    loadSignIns(tx, caller.participantId, services.now()),
  );
  return rows.map((row) => ({ ...row, isThis: row.id === caller.signInId }));
}
