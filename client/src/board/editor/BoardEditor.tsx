/** @jsxImportSource react */
import type { ParticipantId } from "@darasa/protocol";
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
import type { Language } from "../../i18n/language.ts";
import type { SharedBoard } from "../sharedBoard.ts";
import { boardAssets } from "./boardAssets.ts";
import { BoardCanvas } from "./BoardCanvas.tsx";
import { boardComponents } from "./boardComponents.tsx";
import { boardOverrides } from "./boardOverrides.ts";
import { boardBindingUtils, boardShapeUtils, createBoardStore } from "./boardSchema.ts";
import { EditorFailed, FailureListener } from "./EditorFailed.tsx";
import { toMode, useBinding } from "./useBinding.ts";
import { useBoardUser } from "./useBoardUser.ts";

/** What the board around it tells the editor, and wants to hear of it. */
export interface BoardEditorProps {
  /** Another one takes the place of the first without the editor losing its view. */
  readonly shared: SharedBoard;
  readonly participantId: ParticipantId;
  readonly name: string;
  readonly mayDraw: boolean;
  readonly dark: boolean;
  readonly language: Language;
  readonly licenseKey: string | null;
  /** Own pointer at most this often, in milliseconds; null is never. */
  readonly pointerIntervalMs: number | null;
  /** The canvas stands. */
  readonly onReady: () => void;
  readonly onShapeCount: (count: number) => void;
  /** So many shapes of the document cannot be shown. */
  readonly onHidden: (count: number) => void;
  /** False for a document that a newer editor has written: this one only shows it. */
  readonly onWritable: (isWritable: boolean) => void;
  /** A picture or something else that boards do not take was pasted or dropped. */
  readonly onUnfit: () => void;
  /** The editor broke and shows nothing any more. */
  readonly onFailed: (error: unknown) => void;
}

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
