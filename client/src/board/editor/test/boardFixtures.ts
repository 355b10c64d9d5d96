import { boardRoots, encodeStroke, type BoardRoots } from "@darasa/protocol/board";
import {
  createShapeId,
  toRichText,
  type IndexKey,
  type TLArrowShape,
  type TLDrawShape,
  type TLNoteShape,
  type TLShape,
  type TLShapeId,
  type TLShapePartial,
} from "tldraw";
import { Doc } from "yjs";

/** A document with nothing in it. */
export function emptyBoard(): BoardRoots {
  return boardRoots(new Doc());
}

export const page = "page:page" as TLShape["parentId"];

const common = {
  typeName: "shape" as const,
  x: 10,
  y: 20,
  rotation: 0,
  index: "a1" as IndexKey,
  parentId: page,
  isLocked: false,
  opacity: 1 as const,
  meta: {},
};

/** A note with a word on it. */
export function note(id: string, changes: Partial<TLNoteShape> = {}): TLNoteShape {
  return {
    ...common,
    id: createShapeId(id),
    type: "note",
    props: {
      color: "yellow",
      labelColor: "black",
      size: "m",
      font: "draw",
      fontSizeAdjustment: 0,
      align: "middle",
      verticalAlign: "middle",
      growY: 0,
      url: "",
      richText: toRichText("Habari"),
      scale: 1,
    },
    ...changes,
  };
}

/** A stroke through these points; `isComplete` when the pen has lifted. */
export function stroke(
  id: string,
  points: readonly (readonly [number, number])[],
  isComplete: boolean,
): TLDrawShape {
  return {
    ...common,
    id: createShapeId(id),
    type: "draw",
    props: {
      color: "black",
      fill: "none",
      dash: "draw",
      size: "m",
      segments: [{ type: "free", points: points.map(([x, y]) => ({ x, y, z: 0.5 })) }],
      isComplete,
      isClosed: false,
      isPen: false,
      scale: 1,
    },
  };
}

/** An arrow that holds on to nothing. */
export function arrow(id: string): TLArrowShape {
  return {
    ...common,
    id: createShapeId(id),
    type: "arrow",
    props: {
      kind: "arc",
      labelColor: "black",
      color: "black",
      fill: "none",
      dash: "draw",
      size: "m",
      arrowheadStart: "none",
      arrowheadEnd: "arrow",
      font: "draw",
      start: { x: 0, y: 0 },
      end: { x: 50, y: 50 },
      bend: 0,
      text: "",
      labelPosition: 0.5,
      scale: 1,
      elbowMidPoint: 0.5,
    },
  };
}

/** A frame that others can lie in. */
export function frame(id: string, changes: Partial<TLShape> = {}): TLShape {
  const props = { w: 100, h: 100, name: "", color: "black" };
  return { ...common, id: createShapeId(id), type: "frame", props, ...changes };
}

/** Puts a record into the document as somebody else's editor would. */
export function put(roots: BoardRoots, record: { readonly id: string }): void {
  const { props, ...rest } = record as unknown as TLShapePartial & { props: Plain };
  const { segments, ...bare } = props;
  roots.doc.transact(() => {
    roots.records.set(record.id, { ...rest, props: bare });
    if (segments === undefined) return;
    const bytes = encodeStroke(segments as TLDrawShape["props"]["segments"] as never, {
      resolution: 4,
      pressure: false,
    });
    roots.points.set(record.id, bytes);
  });
}

type Plain = Readonly<Record<string, unknown>>;

/** A shape's id as the editor spells it. */
export function idOf(id: string): TLShapeId {
  return createShapeId(id);
}
