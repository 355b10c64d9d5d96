/** @jsxImportSource react */
import { useEffect, useMemo, useState, type ReactElement } from "react";
import {
  atom,
  defaultAddFontsFromNode,
  defaultShapeTools,
  defaultTools,
  tipTapDefaultExtensions,
  TldrawEditor,
  TldrawUi,
  type Editor,
} from "tldraw";
import { boardAssets } from "./boardAssets.ts";
import { BoardCanvas } from "./BoardCanvas.tsx";
import { boardComponents } from "./boardComponents.tsx";
import type { BoardEditorProps } from "./boardEditorProps.ts";
import { boardOverrides } from "./boardOverrides.ts";
import { boardBindingUtils, boardShapeUtils, createBoardStore } from "./boardSchema.ts";
import { EditorFailed, FailureListener } from "./EditorFailed.tsx";
import { toMode, useBinding } from "./useBinding.ts";
import { useBoardUser } from "./useBoardUser.ts";

const editorOptions = { maxPages: 1 } as const;
const tools = [...defaultTools, ...defaultShapeTools];
const components = { ...boardComponents, ErrorFallback: EditorFailed };
const textOptions = {
  addFontsFromNode: defaultAddFontsFromNode,
  tipTapConfig: { extensions: tipTapDefaultExtensions },
};

/** tldraw, bound to a board's document. */
export function BoardEditor(props: BoardEditorProps): ReactElement {
  const { onReady } = props;
  const [mode] = useState(() => atom("board mode", toMode(props.mayDraw)));
  const [store] = useState(() => createBoardStore(mode));
  const [editor, setEditor] = useState<Editor | null>(null);
  const user = useBoardUser(props);
  const overrides = useMemo(() => boardOverrides(props.language), [props.language]);

  useBinding(props, { store, mode, editor });
  useEffect(() => {
    if (editor !== null) onReady();
  }, [editor, onReady]);

  return (
    <FailureListener value={props.onFailed}>
      <TldrawEditor
        store={store}
        user={user}
        initialState="select"
        autoFocus={false}
        shapeUtils={boardShapeUtils}
        bindingUtils={boardBindingUtils}
        tools={tools}
        components={components}
        textOptions={textOptions}
        options={editorOptions}
        assetUrls={boardAssets}
        {...(props.licenseKey !== null && { licenseKey: props.licenseKey })}
      >
        <TldrawUi components={components} overrides={overrides} assetUrls={boardAssets}>
          <BoardCanvas onEditor={setEditor} onUnfit={props.onUnfit} />
        </TldrawUi>
      </TldrawEditor>
    </FailureListener>
  );
}
