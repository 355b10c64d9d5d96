import { boardRoots, type BoardRoots } from "@darasa/protocol/board";
import * as Y from "yjs";
import { liftChildren } from "./liftChildren.ts";

type Clients = ReadonlySet<number>;
type Entries = Y.Map<unknown>;

/** Stands in `meta` for all of the board, whoever was the first to draw on it. */
const schemaKey = "schema";

/**
 * Deletes what these Yjs clients began: their shapes with points and ink, and whatever else of theirs is not a
 * board's. What others began stays where it is, also when these clients changed it since: shapes that stood in a
 * frame or group that goes stand outside of it, arrows are not bound to what is gone.
 */
export function eraseDrawings(doc: Y.Doc, clients: Clients): void {
  Y.transact(doc, (transaction) => {
    const roots = boardRoots(doc);
    const { records, points, ink, meta } = roots;
    const erased = new Set(keysBegunBy(records, clients));
    liftChildren(records, erased);
    for (const id of erased) records.delete(id);
    deleteLooseBindings(records, erased);
    for (const strokes of [points, ink]) {
      for (const id of strokes.keys()) if (erased.has(id)) strokes.delete(id);
      for (const id of keysBegunBy(strokes, clients)) if (!records.has(id)) strokes.delete(id);
    }
    for (const key of keysBegunBy(meta, clients)) if (key !== schemaKey) meta.delete(key);
    deleteStrayItems(roots, clients, transaction);
  });
}

/**
 * The document of these updates as one, without what these clients began and with nothing of what was ever deleted.
 * Null when an update stands on something that is not among them.
 *
 * @throws Error when an update cannot be read
 */
export function withoutDrawings(
  updates: readonly Uint8Array[],
  clients: Clients,
): Uint8Array<ArrayBuffer> | null {
  const doc = new Y.Doc();
  Y.transact(doc, () => {
    for (const update of updates) Y.applyUpdate(doc, update);
  });
  const isWhole = doc.store.pendingStructs === null && doc.store.pendingDs === null;
  if (isWhole) eraseDrawings(doc, clients);
  const update = isWhole ? new Uint8Array(Y.encodeStateAsUpdate(doc)) : null;
  doc.destroy();
  return update;
}

/** What was set first under a key says whose it is; the others changed it. */
function keysBegunBy(entries: Entries, clients: Clients): string[] {
  return [...entries.keys()].filter((key) => {
    let first = entries._map.get(key);
    while (first?.left) first = first.left;
    return first !== undefined && clients.has(first.id.client);
  });
}

function deleteLooseBindings(records: Entries, erased: ReadonlySet<string>): void {
  for (const [key, record] of records) {
    if (typeof record !== "object" || record === null) continue;
    const ends = ["fromId" in record && record.fromId, "toId" in record && record.toId];
    if (ends.some((end) => typeof end === "string" && erased.has(end))) records.delete(key);
  }
}

/** Whoever may draw can write anything anywhere; no editor shows it, and the log keeps it. */
function deleteStrayItems(roots: BoardRoots, clients: Clients, transaction: Y.Transaction): void {
  const { records, points, ink, meta } = roots;
  const known = new Set<unknown>([records, points, ink, meta]);
  for (const client of clients) {
    for (const struct of [...(roots.doc.store.clients.get(client) ?? [])]) {
      if (!(struct instanceof Y.Item) || struct.deleted) continue;
      if (struct.parentSub === null || !known.has(struct.parent)) struct.delete(transaction);
    }
  }
}
