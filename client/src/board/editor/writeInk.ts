import {
  createInkWriter,
  encodeStroke,
  type BoardRoots,
  type InkWriter,
  type StrokeOptions,
  type StrokeSegment,
} from "@darasa/protocol/board";
import type { TLDrawShape, TLHighlightShape } from "tldraw";
import { Array as YArray } from "yjs";

/** A shape whose points stand apart from its record. */
export type StrokeShape = TLDrawShape | TLHighlightShape;

/** Writes the points of strokes: piece by piece while the pen is down, whole when it has lifted. */
export interface PointsWriter {
  /** The zoom at which it is drawn decides how fine the points are kept. */
  readonly write: (stroke: StrokeShape, zoom: number) => void;
  readonly remove: (id: string) => void;
}

/** A writer into `roots`, to be called in a transaction. */
export function createPointsWriter(roots: BoardRoots): PointsWriter {
  const drawing = new Map<string, { pieces: YArray<Uint8Array>; ink: InkWriter }>();

  const begin = (
    stroke: StrokeShape,
    zoom: number,
  ): { pieces: YArray<Uint8Array>; ink: InkWriter } => {
    const begun = { pieces: new YArray<Uint8Array>(), ink: createInkWriter(options(stroke, zoom)) };
    roots.ink.set(stroke.id, begun.pieces);
    drawing.set(stroke.id, begun);
    return begun;
  };

  return {
    write: (stroke, zoom) => {
      const { id, props } = stroke;
      if (props.isComplete || roots.points.has(id)) {
        roots.points.set(id, encodeStroke(segmentsOf(stroke), finestOptions(roots, stroke, zoom)));
        roots.ink.delete(id);
        drawing.delete(id);
        return;
      }
      const { pieces, ink } = drawing.get(id) ?? begin(stroke, zoom);
      const piece = ink.append(segmentsOf(stroke));
      if (piece !== null) pieces.push([piece]);
    },
    remove: (id) => {
      roots.points.delete(id);
      roots.ink.delete(id);
      drawing.delete(id);
    },
  };
}

/** A stroke's points as the codec takes them. */
export function segmentsOf({ props }: StrokeShape): StrokeSegment[] {
  return props.segments.map(({ type, points }) => ({
    type,
    points: points.map(({ x, y, z = 0.5 }) => ({ x, y, z })),
  }));
}

const finestResolution = 10;

/** A sixteenth of a px on the screen: finer than anyone sees, and still one byte for most steps of a pen. */
function options(stroke: StrokeShape, zoom: number): StrokeOptions {
  const resolution = Math.round(4 + Math.log2(Math.max(zoom, 0.01)));
  return {
    resolution: Math.min(finestResolution, Math.max(0, resolution)),
    pressure: stroke.props.isPen,
  };
}

/** Never coarser than the points are kept already: who moves a small drawing from afar must not spoil it. */
function finestOptions(roots: BoardRoots, stroke: StrokeShape, zoom: number): StrokeOptions {
  const wanted = options(stroke, zoom);
  const kept: unknown = roots.points.get(stroke.id);
  const header = kept instanceof Uint8Array ? (kept[0] ?? 0) : 0;
  return { ...wanted, resolution: Math.max(wanted.resolution, header & 15) };
}
