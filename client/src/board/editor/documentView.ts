import type { BoardRoots } from "@darasa/protocol/board";
import type { TLRecord, TLStore } from "tldraw";
import { decodeRecord, type SharedRecord } from "./decodeRecord.ts";
import { canStand } from "./recordPlace.ts";

type RecordId = SharedRecord["id"];

/**
 * Shows a document in an editor's store. What cannot be shown is kept out of it, stays in the document, and
 * is tried again when more has come: nothing that a document may contain throws here or stops the rest.
 * Only to be called outside of the store's own operations.
 */
export class DocumentView {
  readonly #roots: BoardRoots;
  readonly #store: TLStore;
  readonly #bad = new Set<string>();
  /** Could be shown, but what they stand on is missing. */
  readonly #waiting = new Set<string>();
  /** How many shapes have come to the store, and gone from it, by this view. */
  #appeared = 0;
  #vanished = 0;

  constructor(roots: BoardRoots, store: TLStore) {
    this.#roots = roots;
    this.#store = store;
  }

  /** Makes the store hold these records as the document has them. */
  show(ids: Iterable<string>): void {
    const wanted = new Set(ids);
    const waited = [...this.#waiting];
    try {
      this.#merge(wanted);
    } catch {
      // One of them breaks what the editor does after a change: find it, so that the others are shown.
      for (const id of [...wanted, ...waited]) this.#mergeAlone(id);
    }
  }

  /** The same for everything, and takes out of the store what the document does not have. */
  showAll(): void {
    this.show([...this.#roots.records.keys(), ...this.#shown().map(({ id }) => id)]);
  }

  /** How many shapes of the document are kept out. */
  hiddenCount(): number {
    return [...this.#waiting, ...this.#bad].filter((id) => id.startsWith("shape:")).length;
  }

  #mergeAlone(id: string): void {
    try {
      this.#merge([id]);
    } catch {
      this.#bad.add(id);
    }
  }

  #merge(ids: Iterable<string>): void {
    const before = this.#vanished;
    this.#store.mergeRemoteChanges(() => {
      this.#placeAll(ids);
      if (this.#vanished > before) this.#takeOutUnsupported();
    });
    if (this.#vanished > before) this.#awaitDroppedBindings();
  }

  /** Goes round until nothing moves any more, since children may come before their parents. */
  #placeAll(ids: Iterable<string>): void {
    let left = new Set(ids);
    for (let before = -1; this.#appeared > before && left.size > 0;) {
      before = this.#appeared;
      left = new Set([...left].filter((id) => this.#place(id)));
      if (this.#appeared > before) left = new Set([...left, ...this.#waiting]);
    }
  }

  /** True when the record has to wait. */
  #place(id: string): boolean {
    this.#waiting.delete(id);
    this.#bad.delete(id);
    const decoded = decodeRecord(this.#roots, id);
    if (decoded.kind === "good" && canStand(decoded.record, this.#store, this.#roots)) {
      this.#put(decoded.record);
      return false;
    }
    this.#takeOut(id as RecordId);
    if (decoded.kind === "bad") this.#bad.add(id);
    if (decoded.kind === "good") this.#waiting.add(id);
    return decoded.kind === "good";
  }

  #put(record: SharedRecord): void {
    const isNew = !this.#store.has(record.id);
    try {
      this.#store.put([record]);
      if (isNew) this.#appeared += 1;
    } catch {
      // The editor's own validators refuse it.
      this.#takeOut(record.id);
      this.#bad.add(record.id);
    }
  }

  #takeOut(id: RecordId): void {
    if (!this.#store.has(id)) return;
    this.#store.remove([id]);
    this.#vanished += 1;
  }

  /** Shapes whose parent has left, and what stands on these in turn. */
  #takeOutUnsupported(): void {
    const found = new Set<RecordId>();
    const isOrphan = (record: SharedRecord): boolean =>
      record.typeName === "shape" &&
      (!this.#store.has(record.parentId) || found.has(record.parentId as RecordId));
    for (let before = -1; found.size > before;) {
      before = found.size;
      for (const record of this.#shown()) if (isOrphan(record)) found.add(record.id);
    }
    for (const id of found) {
      this.#store.remove([id]);
      if (this.#roots.records.has(id)) this.#waiting.add(id);
    }
  }

  /** The editor drops bindings together with a shape; if the shape comes back, so should they. */
  #awaitDroppedBindings(): void {
    for (const id of this.#roots.records.keys()) {
      const isDropped = id.startsWith("binding:") && !this.#store.has(id as RecordId);
      if (isDropped && !this.#bad.has(id)) this.#waiting.add(id);
    }
  }

  #shown(): SharedRecord[] {
    return this.#store.allRecords().filter(isShared);
  }
}

/** Whether a record of the editor is of those that a document has. */
export function isShared(record: TLRecord): record is SharedRecord {
  return record.typeName === "shape" || record.typeName === "binding";
}
