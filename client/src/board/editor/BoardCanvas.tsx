/** @jsxImportSource react */
import { useEffect, type ReactElement } from "react";
import {
  react,
  registerDefaultSideEffects,
  useEditor,
  useTldrawUiComponents,
  type Editor,
} from "tldraw";
import { nameSliders } from "./nameSliders.ts";
import { registerPasteRules } from "./pasteRules.ts";

/** The canvas itself, with what makes it behave: pasting, keys, and where it looks first. */
export function BoardCanvas(props: {
  readonly onEditor: (editor: Editor | null) => void;
  readonly onUnfit: () => void;
}): ReactElement | null {
  const { onEditor, onUnfit } = props;
  const editor = useEditor();
  const { ContextMenu } = useTldrawUiComponents();

  useEffect(() => {
    const unregister = registerDefaultSideEffects(editor);
    registerPasteRules(editor, onUnfit);
    const release = takeKeysWhileFocused(editor);
    const stopNaming = nameSliders(editor.getContainer());
    const stopWaiting = lookAtFirstContent(editor);
    onEditor(editor);
    return () => {
      onEditor(null);
      stopWaiting();
      stopNaming();
      release();
      unregister();
    };
  }, [editor, onEditor, onUnfit]);

  return ContextMenu ? <ContextMenu /> : null;
}

/** The editor's single-letter keys work while the focus is in it, and nowhere else. */
function takeKeysWhileFocused(editor: Editor): () => void {
  const container = editor.getContainer();
  const entered = (): void => void editor.focus({ focusContainer: false });
  const left = (event: FocusEvent): void => {
    const isInside = event.relatedTarget instanceof Node && container.contains(event.relatedTarget);
    if (!isInside) editor.blur({ blurContainer: false });
  };
  container.addEventListener("focusin", entered);
  container.addEventListener("focusout", left);
  return () => {
    container.removeEventListener("focusin", entered);
    container.removeEventListener("focusout", left);
  };
}

const margin = 48;

/** Brings into view what is on the board when it comes, unless the person has begun to look around. */
function lookAtFirstContent(editor: Editor): () => void {
  const before = editor.getCamera();
  const stop = react("first content", () => {
    const bounds = editor.getCurrentPageBounds();
    if (bounds === undefined) return;
    queueMicrotask(() => {
      stop();
      const hasMoved = editor.getCamera() !== before;
      if (hasMoved || editor.getViewportPageBounds().contains(bounds)) return;
      editor.zoomToBounds(bounds, { targetZoom: 1, inset: margin, immediate: true });
    });
  });
  return stop;
}
