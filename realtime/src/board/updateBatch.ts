import type { BoardAuthor, BoardDrawer, BoardUpdateRow } from "@darasa/database";
import type { SchoolId } from "@darasa/protocol";
import type { BoardPlace } from "./boardPlace.ts";
import type { HeldSchools } from "./heldSchools.ts";
import type { UpdateExtent } from "./workerMessages.ts";

/** An update that waits, or with `update: null` a place in the order at which `then` is called. */
export interface Entry {
  readonly place: BoardPlace;
  readonly update: Uint8Array | null;
  readonly extent: UpdateExtent;
  readonly authors: readonly BoardAuthor[];
  readonly drawers: readonly BoardDrawer[];
  readonly then: () => void;
}

const maxBatchRows = 500;
const maxBatchBytes = 8 * 1024 * 1024;

/**
 * All of what waits that may be committed together, in order, and what is kept for later; nothing when all is of
 * schools that rest.
 */
export function takeBatch(
  waiting: readonly Entry[],
  held: Pick<HeldSchools, "rests" | "goesApart">,
): { readonly batch: Entry[]; readonly kept: Entry[] } {
  const batch: Entry[] = [];
  const kept: Entry[] = [];
  const school = waiting.find(({ place }) => !held.rests(place.schoolId))?.place.schoolId;
  const goesApart = school !== undefined && held.goesApart(school);
  const mayGo = (other: SchoolId) => (goesApart ? other === school : !held.goesApart(other));
  let [bytes, rows] = [0, 0];
  for (const entry of waiting) {
    if (school === undefined || !mayGo(entry.place.schoolId)) {
      kept.push(entry);
      continue;
    }
    bytes += bytesOf(entry);
    rows += entry.update === null ? 0 : 1;
    const isFull = rows > 1 && (rows > maxBatchRows || bytes > maxBatchBytes);
    (isFull ? kept : batch).push(entry);
  }
  return { batch, kept };
}

/** As the database takes it; nothing of an entry without an update. */
export function toRow({ place, update, authors, drawers }: Entry): BoardUpdateRow[] {
  if (update === null) return [];
  return [{ schoolId: place.schoolId, boardId: place.boardId, body: update, authors, drawers }];
}

/** Of its update. */
export function bytesOf({ update }: Entry): number {
  return update?.length ?? 0;
}
