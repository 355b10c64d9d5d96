import type { SchoolTransaction } from "@darasa/database";
import type { RoomId } from "@darasa/protocol";
import type { UserCaller } from "../../routing/access.ts";
import type { Services } from "../../services.ts";
import { sumClass } from "./sumClass.ts";
import type { ClassSums } from "./parseSums.ts";
import { loadTermClasses, type Stretch, type TermClass } from "./sumStore.ts";

/** More than two classes every school day of a year. */
const maxClasses = 500;

/** A term's classes, the first ones first, and the sums of those that were not stored yet. */
export interface LoadedTerm {
  readonly classes: readonly TermClass[];
  readonly fresh: ReadonlyMap<string, ClassSums>;
  /** There were more; these are the latest. */
  readonly isCut: boolean;
}

/** What `authorize` lets the caller read. Classes that nobody asked for yet are summed first, one after the other: each once. */
export async function loadTerm(
  services: Services,
  caller: UserCaller,
  {
    roomId,
    authorize,
    ...stretch
  }: Stretch & {
    readonly roomId: RoomId;
    readonly authorize: (tx: SchoolTransaction) => Promise<unknown>;
  },
): Promise<LoadedTerm> {
  const inSchool = <T>(work: (tx: SchoolTransaction) => Promise<T>) =>
    services.database.inSchool(caller.schoolId, work);
  const found = await inSchool(async (tx) => {
    await authorize(tx);
    return loadTermClasses(tx, roomId, { ...stretch, limit: maxClasses + 1 });
  });
  const classes = found.slice(0, maxClasses).toReversed();
  const fresh = new Map<string, ClassSums>();
  for (const one of classes) {
    if (!one.isSummed) fresh.set(one.id, await inSchool((tx) => sumClass(tx, one)));
  }
  return { classes, fresh, isCut: found.length > maxClasses };
}
