import {
  ArrowBindingUtil,
  ArrowShapeUtil,
  createTLStore,
  DrawShapeUtil,
  FrameShapeUtil,
  GeoShapeUtil,
  HighlightShapeUtil,
  LineShapeUtil,
  NoteShapeUtil,
  TextShapeUtil,
  type Signal,
  type TLAnyShapeUtilConstructor,
  type TLStore,
} from "tldraw";

/** What may stand on a board; groups are the editor's own. No shapes that load something from elsewhere. */
export const boardShapeUtils = [
  ArrowShapeUtil,
  DrawShapeUtil,
  FrameShapeUtil,
  GeoShapeUtil,
  HighlightShapeUtil,
  LineShapeUtil,
  NoteShapeUtil,
  TextShapeUtil,
  // tldraw's own list does not fit its own type either, where optional is not the same as undefined.
] as unknown as readonly TLAnyShapeUtilConstructor[];

export const boardBindingUtils = [ArrowBindingUtil] as const;

/** An empty store of the editor, open for looking only whenever `mode` says so. */
export function createBoardStore(mode: Signal<"readonly" | "readwrite">): TLStore {
  const store = createTLStore({
    shapeUtils: boardShapeUtils,
    bindingUtils: boardBindingUtils,
    collaboration: { status: null, mode },
    assets: { upload: () => Promise.reject(new Error("boards take no files")) },
  });
  // After any merge the store makes the records it lacks: the page that shapes stand on, which is the same
  // everywhere and nobody's to write.
  store.mergeRemoteChanges(() => undefined);
  return store;
}
