import * as Y from "yjs";

/**
 * A board's document, in a layout that any program can read:
 * - `records`: tldraw's shapes and bindings by id, as plain JSON; strokes without their points.
 * - `points`: a finished stroke's points by shape id (`strokeCodec.ts`); an entry is replaced, never changed.
 * - `ink`: the points of a stroke that is being drawn, as pieces; removed when it gets its `points`.
 * - `meta`: `schema` is tldraw's serialised schema, as of the first record.
 *
 * All shapes stand on one page, `page:page`, which every editor has by itself: it is not in the document.
 */
export interface BoardRoots {
  readonly doc: Y.Doc;
  readonly records: Y.Map<unknown>;
  readonly points: Y.Map<unknown>;
  readonly ink: Y.Map<unknown>;
  readonly meta: Y.Map<unknown>;
}

/** The parts of `doc`. Their values are unknown: whoever may draw can write anything into them. */
export function boardRoots(doc: Y.Doc): BoardRoots {
  return {
    doc,
    records: doc.getMap("records"),
    points: doc.getMap("points"),
    ink: doc.getMap("ink"),
    meta: doc.getMap("meta"),
  };
}

/** Minutes of drawing without lifting the pen; an editor begins a new stroke long before. */
const maxPieces = 10_000;

/** The pieces of a stroke that is finished or being drawn; none when there is nothing readable. */
export function strokePieces(roots: BoardRoots, shapeId: string): readonly Uint8Array[] {
  const finished = roots.points.get(shapeId);
  if (finished instanceof Uint8Array) return [finished];
  const drawing = roots.ink.get(shapeId);
  if (!(drawing instanceof Y.Array) || drawing.length > maxPieces) return [];
  return drawing.toArray().filter((piece) => piece instanceof Uint8Array);
}
