import type { BoardRoots } from "@darasa/protocol/board";
import type { SerializedSchema, TLStore } from "tldraw";

const schemaKey = "schema";

/**
 * Whether this editor can write the document: not one that a newer editor has written to, whose records it would
 * bring back to an older form.
 */
export function isWritable(roots: BoardRoots, store: TLStore): boolean {
  try {
    return store.schema.getMigrationsSince(roots.meta.get(schemaKey) as SerializedSchema).ok;
  } catch {
    // None, or nothing that any editor would have written.
    return true;
  }
}

/** Says in a document that has none yet by which schema its records are written; in a transaction. */
export function stampSchema(roots: BoardRoots, store: TLStore): void {
  if (!roots.meta.has(schemaKey)) roots.meta.set(schemaKey, store.schema.serialize());
}
