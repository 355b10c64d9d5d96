import { checkRecord, type BoardRoots } from "@darasa/protocol/board";
import type { TLStore } from "tldraw";
import { localOrigin } from "../localOrigin.ts";
import type { SharedRecord } from "./decodeRecord.ts";
import { isStroke, type LocalChange } from "./localChanges.ts";
import { isDrawable, isDrawableStroke } from "./isDrawable.ts";
import { isSameJson } from "./sameJson.ts";
import { stampSchema } from "./schemaFit.ts";
import { createPointsWriter, segmentsOf, type StrokeShape } from "./writeInk.ts";

/** What came of a write. */
export interface Written {
  /** Bytes that went into the document's updates. */
  readonly bytes: number;
  /** Records that no board may have: they were not written. */
  readonly unfit: readonly string[];
}

/** Updates much larger than this make others wait; a board frame may be four times as large. */
const maxTransactionSize = 200_000;

/** Writes records as the store has them; those that the document has so already cost nothing. */
export type WriteDocument = (changes: readonly LocalChange[], zoom: number) => Written;

/** A writer from `store` into `roots`. */
export function createDocumentWriter(roots: BoardRoots, store: TLStore): WriteDocument {
  const points = createPointsWriter(roots);

  const remove = (id: string): number => {
    roots.records.delete(id);
    points.remove(id);
    return id.length;
  };
  /** The rough size of what was written, or null when the record is unfit. */
  const write = ({ id, hasNewPoints }: LocalChange, zoom: number): number | null => {
    const record = store.get(id as SharedRecord["id"]);
    if (record === undefined) return remove(id);
    const bare = withoutPoints(record);
    if (!isFit(record, bare)) return null;
    const isChanged = !isSameJson(roots.records.get(id), bare);
    if (isChanged) roots.records.set(id, bare);
    if (isStroke(record) && (hasNewPoints || isLifted(record, roots))) points.write(record, zoom);
    return isChanged ? JSON.stringify(record).length : 0;
  };

  return (changes, zoom) => {
    let bytes = 0;
    const unfit: string[] = [];
    const count = (update: Uint8Array, origin: unknown): void => {
      if (origin === localOrigin) bytes += update.length;
    };
    roots.doc.on("update", count);
    const left = [...changes];
    while (left.length > 0) {
      roots.doc.transact(() => {
        stampSchema(roots, store);
        for (let size = 0; size < maxTransactionSize;) {
          const change = left.shift();
          if (change === undefined) return;
          const written = write(change, zoom);
          if (written === null) unfit.push(change.id);
          else size += written;
        }
      }, localOrigin);
    }
    roots.doc.off("update", count);
    return { bytes, unfit };
  };
}

/** Whether others would show it: what only its maker sees has no place on a board. */
function isFit(record: SharedRecord, bare: unknown): boolean {
  const checked = checkRecord(record.id, bare);
  if (!checked.ok || !isDrawable(checked.value)) return false;
  return !isStroke(record) || isDrawableStroke(segmentsOf(record));
}

/** The pen left the board since its points were written last. */
function isLifted(stroke: StrokeShape, roots: BoardRoots): boolean {
  return stroke.props.isComplete && roots.ink.has(stroke.id);
}

/** Plain JSON, as any program can read it: without points, and without what is undefined. */
function withoutPoints(record: SharedRecord): unknown {
  return JSON.parse(
    JSON.stringify(record, (key, value: unknown) =>
      key === "segments" && isStroke(record) ? undefined : value,
    ),
  );
}
