/** @jsxImportSource react */
import "tldraw/tldraw.css";
import { createRoot } from "react-dom/client";
import { BoardEditor } from "./BoardEditor.tsx";
import type { BoardEditorProps } from "./boardEditorProps.ts";

/** The editor in its element: the border between Solid's world and React's. */
export interface MountedEditor {
  readonly update: (props: BoardEditorProps) => void;
  /** Resolves when it is gone, and has written what was drawn last. */
  readonly unmount: () => Promise<void>;
}

/** Shows the editor in `element`, which is React's from then on. The caller unmounts it. */
export function mountEditor(element: HTMLElement, props: BoardEditorProps): MountedEditor {
  const root = createRoot(element, { onUncaughtError: (error) => props.onFailed(error) });
  const update = (next: BoardEditorProps): void => root.render(<BoardEditor {...next} />);
  update(props);
  return {
    update,
    unmount: async () => {
      // Not at once: the caller may be inside of something that React itself is rendering.
      await Promise.resolve();
      root.unmount();
      // React may run the last cleanups a task later.
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
    },
  };
}
