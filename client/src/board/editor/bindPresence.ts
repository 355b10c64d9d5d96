import { awarenessLimits, type AwarenessState } from "@darasa/protocol/board";
import {
  InstancePresenceRecordType,
  PageRecordType,
  react,
  TLPOINTER_ID,
  type Editor,
  type TLInstancePresence,
  type TLShapeId,
} from "tldraw";
import type { Awareness } from "y-protocols/awareness";
import { decodeAwareness } from "./decodeAwareness.ts";
import { Timer, type After } from "../timer.ts";

export interface PresenceOptions {
  readonly editor: Editor;
  readonly awareness: Awareness;
  /** Pointers of those who only look would be noise. */
  readonly mayDraw: () => boolean;
  /** Own pointer at most this often, in milliseconds; null is never. */
  readonly intervalMs: number | null;
  readonly now: () => number;
  readonly after: After;
}

/** Shows the pointers of the others, and tells them one's own. The returned function ends both. */
export function bindPresence(options: PresenceOptions): () => void {
  const stopShowing = showOthers(options);
  const { intervalMs } = options;
  const stopTelling = intervalMs === null ? () => undefined : tellOwn(options, intervalMs);
  return () => {
    stopTelling();
    stopShowing();
  };
}

interface Change {
  readonly added: readonly number[];
  readonly updated: readonly number[];
  readonly removed: readonly number[];
}

function showOthers({ editor, awareness, now }: PresenceOptions): () => void {
  const { store } = editor;
  const shown = (ids: Iterable<number>): void => {
    const records: TLInstancePresence[] = [];
    for (const id of ids) {
      const state = decodeAwareness(awareness.getStates().get(id));
      if (id !== awareness.clientID && state !== null) records.push(toPresence(id, state, now()));
    }
    store.mergeRemoteChanges(() => store.put(records));
  };
  const changed = ({ added, updated, removed }: Change): void => {
    shown([...added, ...updated]);
    store.mergeRemoteChanges(() => store.remove(removed.map(presenceId)));
  };
  shown(awareness.getStates().keys());
  awareness.on("change", changed);
  return () => {
    awareness.off("change", changed);
    const left = [...awareness.getStates().keys()].map(presenceId);
    if (!editor.isDisposed) store.mergeRemoteChanges(() => store.remove(left));
  };
}

function tellOwn(options: PresenceOptions, intervalMs: number): () => void {
  const { editor, awareness } = options;
  const tell = new Timer(options.after, () => {
    if (options.mayDraw()) awareness.setLocalState(ownState(editor));
    else if (awareness.getLocalState() !== null) awareness.setLocalState(null);
  });
  const stop = react("own pointer", () => {
    options.mayDraw();
    editor.store.get(TLPOINTER_ID);
    editor.getSelectedShapeIds();
    tell.start(Math.max(intervalMs, awarenessLimits.minIntervalMs));
  });
  return () => {
    stop();
    tell.cancel();
    awareness.setLocalState(null);
  };
}

/** Who it is stands in the ticket: the server writes it in (SPEC B2). */
function ownState(editor: Editor): Omit<AwarenessState, "user"> {
  const pointer = editor.store.get(TLPOINTER_ID);
  const hasPointed = pointer !== undefined && pointer.lastActivityTimestamp > 0;
  const { type } = editor.getInstanceState().cursor;
  return {
    cursor: hasPointed ? { x: rounded(pointer.x), y: rounded(pointer.y), type } : null,
    selected: editor.getSelectedShapeIds().slice(0, awarenessLimits.maxSelected),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function presenceId(clientId: number): TLInstancePresence["id"] {
  return InstancePresenceRecordType.createId(String(clientId));
}

function toPresence(clientId: number, state: AwarenessState, nowMs: number): TLInstancePresence {
  return InstancePresenceRecordType.create({
    id: presenceId(clientId),
    userId: state.user.id,
    userName: state.user.name,
    color: state.user.color,
    currentPageId: PageRecordType.createId("page"),
    cursor:
      state.cursor === null ? null : { ...state.cursor, type: cursorType(state), rotation: 0 },
    selectedShapeIds: state.selected as TLShapeId[],
    lastActivityTimestamp: nowMs,
  });
}

const cursorTypes = ["default", "cross", "text", "grabbing"] as const;

function cursorType({ cursor }: AwarenessState): (typeof cursorTypes)[number] {
  return cursorTypes.find((type) => type === cursor?.type) ?? "default";
}
