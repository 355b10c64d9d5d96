import { useEffect, useRef } from "react";
import { react, type Atom, type Editor, type TLStore } from "tldraw";
import type { BoardEditorProps } from "./boardEditorProps.ts";
import { bindPresence } from "./bindPresence.ts";
import { bindStore, type StoreBinding } from "./bindStore.ts";

export type BoardMode = "readonly" | "readwrite";

/** Whether the editor lets its person change anything. */
export function toMode(mayDraw: boolean): BoardMode {
  return mayDraw ? "readwrite" : "readonly";
}

interface Bound {
  readonly store: TLStore;
  readonly mode: Atom<BoardMode>;
  readonly editor: Editor | null;
}

/** Keeps the editor and the document in step: shapes, pointers, the right to draw. */
export function useBinding(props: BoardEditorProps, bound: Bound): void {
  const { store, mode, editor } = bound;
  const { shared, mayDraw, pointerIntervalMs, onHidden, onWritable, onUnfit, onShapeCount } = props;
  const binding = useRef<StoreBinding | null>(null);
  const current = useRef({ editor, mayDraw });
  current.current = { editor, mayDraw };

  useEffect(() => {
    const begun = bindStore({
      roots: shared.roots,
      store,
      mayDraw: current.current.mayDraw,
      zoom: () => current.current.editor?.getZoomLevel() ?? 1,
      after,
      hidden: onHidden,
      writable: onWritable,
      unfit: onUnfit,
    });
    binding.current = begun;
    // What was undone could be of a copy that is gone.
    current.current.editor?.clearHistory();
    addEventListener("pagehide", begun.flush);
    return () => {
      removeEventListener("pagehide", begun.flush);
      begun.stop();
      binding.current = null;
    };
  }, [shared, store, onHidden, onWritable, onUnfit]);

  useEffect(() => {
    // Locked first at the document, then in the editor: nothing slips out in between.
    binding.current?.setMayDraw(mayDraw);
    mode.set(toMode(mayDraw));
    if (mayDraw || editor === null) return;
    editor.cancel();
    editor.selectNone();
    editor.setCurrentTool("hand");
  }, [mayDraw, mode, editor]);

  useEffect(() => {
    const shapeIds = store.query.ids("shape");
    return react("shape count", () => onShapeCount(shapeIds.get().size));
  }, [store, onShapeCount]);

  useEffect(() => {
    if (editor === null) return undefined;
    return bindPresence({
      editor,
      awareness: shared.awareness,
      mayDraw: () => mode.get() === "readwrite",
      intervalMs: pointerIntervalMs,
      now: () => Date.now(),
      after,
    });
  }, [editor, mode, shared, pointerIntervalMs]);
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
