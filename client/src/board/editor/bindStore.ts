import type { BoardRoots } from "@darasa/protocol/board";
import type { RecordsDiff, TLRecord, TLStore } from "tldraw";
import type { Transaction, YMapEvent } from "yjs";
import { localOrigin } from "../localOrigin.ts";
import { createDocumentView, isShared } from "./showDocument.ts";
import { createDocumentWriter, isStroke, type LocalChange } from "./writeDocument.ts";

/** An editor's store and a document that follow each other. */
export interface StoreBinding {
  /** One who may not draw writes nothing at all into the document. */
  readonly setMayDraw: (mayDraw: boolean) => void;
  /** Writes at once what was drawn until now. */
  readonly flush: () => void;
  /** Writes what was drawn until now, and ends it. */
  readonly stop: () => void;
}

export interface StoreBindingOptions {
  readonly roots: BoardRoots;
  readonly store: TLStore;
  readonly mayDraw: boolean;
  /** How near the person is: 1 is natural size. */
  readonly zoom: () => number;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  /** Shapes of the document that cannot be shown. */
  readonly hidden: (count: number) => void;
  /** Something was made here that boards do not take: it is gone again. */
  readonly unfit: () => void;
}

/** What is drawn goes out in pieces of so many milliseconds. */
const gatherMs = 50;
/** After a large piece the next waits, so that no more than this leaves in a second. */
const maxBytesPerSecond = 128 * 1024;
const maxWaitMs = 1_500;
/** What others draw is shown once a frame at most. */
const frameMs = 16;

/** Shows the document in the store, and keeps both in step from then on. */
export function bindStore(options: StoreBindingOptions): StoreBinding {
  const { roots, store, after } = options;
  const view = createDocumentView(roots, store);
  const write = createDocumentWriter(roots, store);
  let mayDraw = options.mayDraw;
  let isShowing = false;
  let waitMs = gatherMs;
  const drawn = new Map<string, LocalChange>();
  const touched = new Set<string>();

  const show = (run: () => void): void => {
    flushHistory(store);
    isShowing = true;
    run();
    // What the editor itself changes in consequence is every editor's own affair: written by all, it would
    // come back from all.
    flushHistory(store);
    isShowing = false;
    options.hidden(view.hiddenCount());
  };
  const showTouched = makeTimer(after, () => {
    const ids = [...touched].filter((id) => !drawn.has(id));
    touched.clear();
    show(() => view.show(ids));
  });
  const writeDrawn = makeTimer(after, () => {
    const changes = [...drawn.values()];
    drawn.clear();
    if (changes.length === 0) return;
    const { bytes, unfit } = write(changes, options.zoom());
    waitMs = Math.min(maxWaitMs, Math.max(gatherMs, (bytes / maxBytesPerSecond) * 1_000));
    if (unfit.length === 0) return;
    show(() => view.show(unfit));
    options.unfit();
  });
  const takeBack = (ids: Iterable<string>): void => {
    for (const id of ids) touched.add(id);
    showTouched.start(frameMs);
  };
  const unlisten = store.listen(
    ({ changes }) => {
      if (isShowing) return;
      const local = localChanges(changes);
      if (!mayDraw) return takeBack(local.map(({ id }) => id));
      for (const change of local) remember(drawn, change);
      if (local.length > 0) writeDrawn.start(waitMs);
    },
    { source: "user", scope: "document" },
  );
  const unobserve = observeOthers(roots, (id) => {
    touched.add(id);
    showTouched.start(frameMs);
  });
  const flush = (): void => {
    flushHistory(store);
    writeDrawn.now();
  };

  show(view.showAll);
  return {
    setMayDraw: (next) => {
      if (mayDraw && !next) {
        flushHistory(store);
        writeDrawn.cancel();
        takeBack(drawn.keys());
        drawn.clear();
      }
      mayDraw = next;
    },
    flush,
    stop: () => {
      flush();
      showTouched.cancel();
      unlisten();
      unobserve();
    },
  };
}

/** Delivers to the store's listeners what has happened so far: a new listener must begin from now. */
function flushHistory(store: TLStore): void {
  store.listen(() => undefined)();
}

function localChanges({ added, updated, removed }: RecordsDiff<TLRecord>): LocalChange[] {
  const changes: LocalChange[] = [];
  for (const record of Object.values(added)) {
    if (isShared(record)) changes.push({ id: record.id, hasNewPoints: isStroke(record) });
  }
  for (const [before, now] of Object.values(updated)) {
    if (isShared(now)) changes.push({ id: now.id, hasNewPoints: hasNewPoints(before, now) });
  }
  for (const record of Object.values(removed)) {
    if (isShared(record)) changes.push({ id: record.id, hasNewPoints: false });
  }
  return changes;
}

function hasNewPoints(before: TLRecord, now: TLRecord): boolean {
  if (!isShared(before) || !isShared(now) || !isStroke(before) || !isStroke(now)) return false;
  return before.props.segments !== now.props.segments;
}

function remember(drawn: Map<string, LocalChange>, change: LocalChange): void {
  const before = drawn.get(change.id)?.hasNewPoints ?? false;
  drawn.set(change.id, { ...change, hasNewPoints: before || change.hasNewPoints });
}

/** Calls `touched` with the id of every record that anybody else changed; the returned function ends it. */
function observeOthers(roots: BoardRoots, touched: (id: string) => void): () => void {
  const keys = (event: YMapEvent<unknown>, transaction: Transaction): void => {
    if (transaction.origin !== localOrigin) event.keysChanged.forEach(touched);
  };
  const deep: Parameters<typeof roots.ink.observeDeep>[0] = (events, transaction) => {
    if (transaction.origin === localOrigin) return;
    for (const event of events) {
      if (event.path.length > 0) touched(String(event.path[0]));
      else event.changes.keys.forEach((_change, id) => touched(id));
    }
  };
  roots.records.observe(keys);
  roots.points.observe(keys);
  roots.ink.observeDeep(deep);
  return () => {
    roots.records.unobserve(keys);
    roots.points.unobserve(keys);
    roots.ink.unobserveDeep(deep);
  };
}

interface Timer {
  /** Runs after that long, unless it is going to run already. */
  readonly start: (delayMs: number) => void;
  /** Runs now what was going to run. */
  readonly now: () => void;
  readonly cancel: () => void;
}

function makeTimer(after: StoreBindingOptions["after"], run: () => void): Timer {
  let cancel: (() => void) | undefined;
  const due = (): void => {
    cancel = undefined;
    run();
  };
  const stop = (): void => {
    cancel?.();
    cancel = undefined;
  };
  return {
    start: (delayMs) => (cancel ??= after(delayMs, due)),
    now: () => {
      stop();
      run();
    },
    cancel: stop,
  };
}
