import { type AuditAction, recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError, type ParticipantId } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { authorizePersonChange } from "./authorizePersonChange.ts";
import type { Person } from "./person.ts";
import { showPerson } from "./showPerson.ts";
import { loadPerson, type PersonRow } from "./store.ts";

/** What was done to somebody, as the audit log has it; an act that changed nothing is none. */
export interface DoneAct {
  readonly action: AuditAction;
  readonly details?: Readonly<Record<string, string | number | boolean | null>>;
}

interface Act {
  readonly id: ParticipantId;
  /** Does it, with all that follows, and says what was done. */
  readonly perform: (tx: SchoolTransaction, person: PersonRow) => Promise<readonly DoneAct[]>;
}

/**
 * Does something to somebody else's account, writes down each thing done, and gives the account as it is then.
 * @throws DarasaError not_found, forbidden
 */
export function actOnPerson(
  services: Services,
  caller: UserCaller,
  { id, perform }: Act,
): Promise<Person> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const person = await authorizePersonChange(tx, caller, id);
    for (const done of await perform(tx, person)) {
      await recordAudit(tx, { actor: caller, subject: { kind: "user", id }, ...done });
    }
    const changed = await loadPerson(tx, id);
    if (!changed) throw new DarasaError("not_found");
    return showPerson(caller, changed);
  });
}
