import {
  checkRecord,
  decodeStroke,
  strokePieces,
  strokeTypes,
  type BoardRecord,
  type BoardRoots,
} from "@darasa/protocol/board";
import type { TLBinding, TLShape } from "tldraw";
import { isDrawable, isDrawableStroke } from "./isDrawable.ts";

/** What of a document is synced: everything else in the editor's store belongs to this device. */
export type SharedRecord = TLShape | TLBinding;

/** A record that may be shown to the editor's own validators, one that may not (yet), or none. */
export type Decoded =
  | { readonly kind: "good"; readonly record: SharedRecord }
  | { readonly kind: "bad" }
  | { readonly kind: "none" };

/** What stands under `id` in the document, with the points that belong to it. Never throws. */
export function decodeRecord(roots: BoardRoots, id: string): Decoded {
  if (!roots.records.has(id)) return none;
  const checked = checkRecord(id, roots.records.get(id));
  if (!checked.ok) return bad;
  if (!isDrawable(checked.value)) return bad;
  const whole = withPoints(roots, checked.value);
  if (whole === null) return bad;
  return { kind: "good", record: whole as unknown as SharedRecord };
}

const none = { kind: "none" } as const;
const bad = { kind: "bad" } as const;

/** Strokes get their points; null when there are none that can be drawn. */
function withPoints(roots: BoardRoots, record: BoardRecord): BoardRecord | null {
  if (record.typeName !== "shape" || !strokeTypes.includes(record.type)) return record;
  const stroke = decodeStroke(...strokePieces(roots, record.id));
  if (!stroke.ok || !isDrawableStroke(stroke.value)) return null;
  return { ...record, props: { ...record.props, segments: stroke.value } };
}
