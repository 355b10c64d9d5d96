import { recordAudit, type SchoolTransaction } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import { countTerms, deleteTerm, storeTerm, storeTermChange } from "./store.ts";
import type { Term, TermInput } from "./term.ts";

/** A hundred years of school. */
const maxTerms = 300;

/** Adds a term. @throws DarasaError conflict when there are 300 */
export function addTerm(services: Services, caller: UserCaller, input: TermInput): Promise<Term> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    if ((await countTerms(tx)) >= maxTerms) throw new DarasaError("conflict");
    const term = await storeTerm(tx, input);
    await record(tx, caller, { action: "term.set", term });
    return term;
  });
}

/** Changes a term. @throws DarasaError not_found */
export function changeTerm(
  services: Services,
  caller: UserCaller,
  { id, ...input }: Term,
): Promise<Term> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const term = await storeTermChange(tx, id, input);
    if (!term) throw new DarasaError("not_found");
    await record(tx, caller, { action: "term.set", term });
    return term;
  });
}

/** Takes a term away; registers stay as they are. @throws DarasaError not_found */
export function removeTerm(services: Services, caller: UserCaller, id: string): Promise<void> {
  return services.database.inSchool(caller.schoolId, async (tx) => {
    const term = await deleteTerm(tx, id);
    if (!term) throw new DarasaError("not_found");
    await record(tx, caller, { action: "term.removed", term });
  });
}

function record(
  tx: SchoolTransaction,
  caller: UserCaller,
  { action, term }: { readonly action: "term.set" | "term.removed"; readonly term: Term },
): Promise<void> {
  const { name, startsOn, endsOn } = term;
  return recordAudit(tx, {
    actor: caller,
    action,
    subject: { kind: "school", id: caller.schoolId },
    details: { name, startsOn, endsOn },
  });
}
