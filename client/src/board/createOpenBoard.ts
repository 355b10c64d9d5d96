import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";
import { loadConfig } from "../config.ts";
import { browserEnvironment } from "../connection/browserEnvironment.ts";
import { useI18n } from "../i18n/I18n.tsx";
import { useToasts } from "../ui/Toasts.tsx";
import type { OpenBoardProps } from "./boardProps.ts";
import { boardState, isSameStatus, openingStatus, type BoardStatus } from "./boardStatus.ts";
import type { BoardState } from "./boardState.ts";
import type { BoardDocument } from "./createBoardDocument.ts";
import { createDrawingRight } from "./createDrawingRight.ts";
import type { BoardEditorProps } from "./editor/boardEditorProps.ts";
import type { MountedEditor } from "./editor/mountEditor.tsx";
import { pointerIntervalMs } from "./networkThrift.ts";
import type { SharedBoard } from "./sharedBoard.ts";

/** What is to be seen: a cover while it loads, the editor, or why there is none. */
export type BoardPhase = "loading" | "shown" | "failed" | "ended";

export interface OpenedBoard {
  readonly phase: Accessor<BoardPhase>;
  /** Shapes of the document that cannot be shown. */
  readonly hiddenCount: Accessor<number>;
  /** False for a document of a newer version, which can only be looked at. */
  readonly isWritable: Accessor<boolean>;
  readonly state: Accessor<BoardState>;
}

/** Opens the board of `props` with its editor in `host`; both end with the component. */
export function createOpenBoard(props: OpenBoardProps, host: () => HTMLElement): OpenedBoard {
  const [hasFailed, setHasFailed] = createSignal(false);
  const [isReady, setIsReady] = createSignal(false);
  const [hiddenCount, setHiddenCount] = createSignal(0);
  const [isWritable, setIsWritable] = createSignal(true);
  const right = createDrawingRight(props);
  const mayDraw = (): boolean => right() && isWritable();
  const failed = (): void => void setHasFailed(true);
  const document = createDocument(props, failed);
  const editor = createEditor({
    props,
    shared: document.shared,
    mayDraw,
    host,
    ready: () => setIsReady(true),
    hidden: setHiddenCount,
    writable: setIsWritable,
    failed,
  });
  const state = (): BoardState => boardState(document.status(), mayDraw());
  createEffect(() => props.onState(state()));
  // The editor writes what was drawn last while it goes: its document goes after it.
  onCleanup(() => void editor.unmount().then(document.close));

  const phase = (): BoardPhase => {
    if (hasFailed()) return "failed";
    const { link, isOpen } = document.status();
    if (link === "ended") return "ended";
    const isWaiting = !isReady() || (!isOpen && link === "connecting");
    return isWaiting ? "loading" : "shown";
  };
  return { phase, hiddenCount, isWritable, state };
}

interface DocumentSignals {
  readonly status: Accessor<BoardStatus>;
  readonly shared: Accessor<SharedBoard | undefined>;
  readonly close: () => void;
}

function createDocument(props: OpenBoardProps, failed: () => void): DocumentSignals {
  const [status, setStatus] = createSignal(openingStatus, { equals: isSameStatus });
  const [shared, setShared] = createSignal<SharedBoard>();
  const { t } = useI18n();
  const toasts = useToasts();
  const { document: board, participantId, Socket } = props;
  let opened: BoardDocument | undefined;
  let isClosed = false;

  const open = async (): Promise<void> => {
    const { createBoardDocument } = await import("./createBoardDocument.ts");
    if (isClosed) return;
    const begun = createBoardDocument({
      board,
      participantId,
      address: boardAddress(),
      getTicket: () => props.getTicket(),
      environment: browserEnvironment("/ws"),
      Socket,
      changed: () => {
        setShared(begun.shared());
        setStatus(begun.status());
      },
    });
    opened = begun;
    setShared(begun.shared());
  };
  open().catch(failed);
  const unlisten = props.onBoardEvent((event) => {
    if (event.board !== board) return;
    if (event.type === "boardStored") opened?.stored(event);
    if (event.type !== "boardRefused") return;
    opened?.refused();
    if (event.code === "document_full") toasts.show({ text: t("board.full"), tone: "danger" });
  });
  const stopHurrying = props.onJoined(() => opened?.hurry());
  return {
    status,
    shared,
    close: () => {
      isClosed = true;
      unlisten();
      stopHurrying();
      opened?.close();
    },
  };
}

interface EditorWishes {
  readonly props: OpenBoardProps;
  readonly shared: Accessor<SharedBoard | undefined>;
  readonly mayDraw: Accessor<boolean>;
  readonly host: () => HTMLElement;
  readonly ready: () => void;
  readonly hidden: (count: number) => void;
  readonly writable: (isWritable: boolean) => void;
  readonly failed: () => void;
}

function createEditor(wishes: EditorWishes): { readonly unmount: () => Promise<void> } {
  const { props, failed } = wishes;
  const { t, language } = useI18n();
  const toasts = useToasts();
  const [loaded, setLoaded] = createSignal<Awaited<ReturnType<typeof loadEditor>>>();
  let editor: MountedEditor | undefined;

  loadEditor().then(setLoaded, failed);
  const constant = {
    participantId: props.participantId,
    name: props.name,
    pointerIntervalMs: pointerIntervalMs(),
    onReady: wishes.ready,
    onShapeCount: (count: number) => props.onShapeCount(count),
    onHidden: wishes.hidden,
    onWritable: wishes.writable,
    onUnfit: () => void toasts.show({ text: t("board.unfit"), tone: "warning" }),
    onFailed: failed,
  };
  createEffect(() => {
    const [parts, shared] = [loaded(), wishes.shared()];
    if (parts === undefined || shared === undefined) return;
    const next: BoardEditorProps = {
      ...constant,
      shared,
      mayDraw: wishes.mayDraw(),
      dark: props.dark,
      language: language(),
      licenseKey: parts.licenseKey,
    };
    if (editor === undefined) editor = parts.mountEditor(wishes.host(), next);
    else editor.update(next);
  });
  return { unmount: () => editor?.unmount() ?? Promise.resolve() };
}

async function loadEditor() {
  const [{ mountEditor }, config] = await Promise.all([
    import("./editor/mountEditor.tsx"),
    loadConfig(),
  ]);
  return { mountEditor, licenseKey: config.tldrawLicenseKey };
}

function boardAddress(): string {
  const address = new URL("/yjs", location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
