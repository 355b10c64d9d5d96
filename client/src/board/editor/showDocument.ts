import type { BoardRoots } from "@darasa/protocol/board";
import type { TLRecord, TLStore } from "tldraw";
import { decodeRecord, type SharedRecord } from "./decodeRecord.ts";
import { canStand } from "./recordPlace.ts";

/** Shows a document in an editor's store. */
export interface DocumentView {
  /**
   * Makes the store hold these records as the document has them. What cannot be shown is kept out and tried
   * again when more has come; nothing that a document may contain makes it throw.
   */
  readonly show: (ids: Iterable<string>) => void;
  /** The same for everything, and takes out of the store what the document does not have. */
  readonly showAll: () => void;
  /** How many shapes of the document are kept out. */
  readonly hiddenCount: () => number;
}

type RecordId = SharedRecord["id"];

/** A view of `roots` in `store`. Only to be called outside of the store's own operations. */
export function createDocumentView(roots: BoardRoots, store: TLStore): DocumentView {
  /** Could be shown, but what they stand on is missing. */
  const waiting = new Set<string>();
  const bad = new Set<string>();
  let appeared = false;
  let vanished = false;

  const put = (record: SharedRecord): void => {
    const isNew = !store.has(record.id);
    try {
      store.put([record]);
      appeared ||= isNew;
    } catch {
      bad.add(record.id);
    }
  };
  /** True when the record has to wait. */
  const place = (id: string): boolean => {
    waiting.delete(id);
    bad.delete(id);
    const decoded = decodeRecord(roots, id, store);
    if (decoded.kind === "good" && canStand(decoded.record, store, roots)) {
      put(decoded.record);
      return false;
    }
    if (store.has(id as RecordId)) {
      store.remove([id as RecordId]);
      vanished = true;
    }
    if (decoded.kind === "bad") bad.add(id);
    if (decoded.kind === "good") waiting.add(id);
    return decoded.kind === "good";
  };
  /** Goes round until nothing moves any more, since children may come before their parents. */
  const placeAll = (ids: Iterable<string>): void => {
    let left = new Set(ids);
    do {
      appeared = false;
      left = new Set([...left].filter(place));
      for (const id of appeared ? waiting : []) left.add(id);
    } while (appeared && left.size > 0);
  };
  const merge = (ids: Iterable<string>): void => {
    vanished = false;
    store.mergeRemoteChanges(() => {
      placeAll(ids);
      if (!vanished) return;
      for (const id of unsupported(store, roots)) {
        store.remove([id]);
        waiting.add(id);
      }
    });
    // The editor drops bindings together with a shape; if the shape comes back, so should they.
    if (vanished) for (const id of droppedBindings(store, roots)) if (!bad.has(id)) waiting.add(id);
  };
  const mergeAlone = (id: string): void => {
    try {
      merge([id]);
    } catch {
      bad.add(id);
    }
  };
  const show = (ids: Iterable<string>): void => {
    const wanted = new Set(ids);
    const before = [...waiting];
    try {
      merge(wanted);
    } catch {
      // One of them breaks what the editor does after a change: find it, so that the others are shown.
      for (const id of [...wanted, ...before]) mergeAlone(id);
    }
  };

  return {
    show,
    showAll: () => show([...roots.records.keys(), ...sharedRecords(store).map(({ id }) => id)]),
    hiddenCount: () => [...waiting, ...bad].filter((id) => id.startsWith("shape:")).length,
  };
}

/** Whether a record of the editor is of those that a document has. */
export function isShared(record: TLRecord): record is SharedRecord {
  return record.typeName === "shape" || record.typeName === "binding";
}

function sharedRecords(store: TLStore): SharedRecord[] {
  return store.allRecords().filter(isShared);
}

/** Shapes whose parent has left, and what stands on these in turn. */
function unsupported(store: TLStore, roots: BoardRoots): Set<RecordId> {
  const found = new Set<RecordId>();
  const isOrphan = (record: SharedRecord): boolean =>
    record.typeName === "shape" &&
    (!store.has(record.parentId) || found.has(record.parentId as RecordId));
  for (let before = -1; found.size > before;) {
    before = found.size;
    for (const record of sharedRecords(store)) {
      if (roots.records.has(record.id) && isOrphan(record)) found.add(record.id);
    }
  }
  return found;
}

function droppedBindings(store: TLStore, roots: BoardRoots): string[] {
  return [...roots.records.keys()].filter(
    (id) => id.startsWith("binding:") && !store.has(id as RecordId),
  );
}
