import type { BoardRoots } from "@darasa/protocol/board";
import type { RecordsDiff, TLRecord, TLStore } from "tldraw";
import { localChanges, rememberChange, type LocalChange } from "./localChanges.ts";
import { observeOthers } from "./observeOthers.ts";
import { isWritable } from "./schemaFit.ts";
import { DocumentView } from "./documentView.ts";
import { Timer, type After } from "../timer.ts";
import { createDocumentWriter, type WriteDocument } from "./writeDocument.ts";

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
  readonly after: After;
  /** Shapes of the document that cannot be shown. */
  readonly hidden: (count: number) => void;
  /** Whether the document is one that this editor can write: not when a newer one has. */
  readonly writable: (isWritable: boolean) => void;
  /** Something was made here that boards do not take: it is gone again. */
  readonly unfit: () => void;
}

/** Shows the document in the store, and keeps both in step from then on. */
export function bindStore(options: StoreBindingOptions): StoreBinding {
  const bound = new BoundStore(options);
  return {
    setMayDraw: (mayDraw) => bound.setMayDraw(mayDraw),
    flush: () => bound.flush(),
    stop: () => bound.stop(),
  };
}

/** What is drawn goes out in pieces of so many milliseconds. */
const gatherMs = 50;
/** After a large piece the next waits, so that no more than this leaves in a second. */
const maxBytesPerSecond = 128 * 1024;
const maxWaitMs = 1_500;
/** What others draw is shown once a frame at most. */
const frameMs = 16;

class BoundStore {
  readonly #options: StoreBindingOptions;
  readonly #view: DocumentView;
  readonly #write: WriteDocument;
  readonly #writeSoon: Timer;
  readonly #showSoon: Timer;
  readonly #end: readonly (() => void)[];
  /** Changed here, and not yet written. */
  readonly #drawn = new Map<string, LocalChange>();
  /** Changed in the document, and not yet shown. */
  readonly #touched = new Set<string>();
  #mayDraw: boolean;
  #isShowing = false;
  #waitMs = gatherMs;

  constructor(options: StoreBindingOptions) {
    const { roots, store, after } = options;
    this.#options = options;
    this.#mayDraw = options.mayDraw;
    this.#view = new DocumentView(roots, store);
    this.#write = createDocumentWriter(roots, store);
    this.#writeSoon = new Timer(after, () => this.#writeDrawn());
    this.#showSoon = new Timer(after, () => this.#showTouched());
    this.#show(() => this.#view.showAll());
    this.#end = [
      store.listen(({ changes }) => this.#changed(changes), { source: "user", scope: "document" }),
      observeOthers(roots, (id) => this.#showLater([id])),
    ];
  }

  setMayDraw(mayDraw: boolean): void {
    if (this.#mayDraw && !mayDraw) {
      this.#flushHistory();
      this.#writeSoon.cancel();
      const undone = [...this.#drawn.keys()];
      this.#drawn.clear();
      this.#showLater(undone);
    }
    this.#mayDraw = mayDraw;
  }

  flush(): void {
    this.#flushHistory();
    this.#writeSoon.now();
  }

  stop(): void {
    this.flush();
    this.#showSoon.cancel();
    for (const end of this.#end) end();
  }

  #changed(changes: RecordsDiff<TLRecord>): void {
    if (this.#isShowing) return;
    const local = localChanges(changes);
    if (local.length === 0) return;
    if (!this.#mayDraw) {
      this.#showLater(local.map(({ id }) => id));
      return;
    }
    for (const change of local) rememberChange(this.#drawn, change);
    this.#writeSoon.start(this.#waitMs);
  }

  #writeDrawn(): void {
    if (this.#drawn.size === 0) return;
    const changes = [...this.#drawn.values()];
    this.#drawn.clear();
    const { bytes, unfit } = this.#write(changes, this.#options.zoom());
    this.#waitMs = Math.min(maxWaitMs, Math.max(gatherMs, (bytes / maxBytesPerSecond) * 1_000));
    if (unfit.length === 0) return;
    this.#show(() => this.#view.show(unfit));
    this.#options.unfit();
  }

  #showLater(ids: Iterable<string>): void {
    for (const id of ids) this.#touched.add(id);
    if (this.#touched.size > 0) this.#showSoon.start(frameMs);
  }

  #showTouched(): void {
    // What is being changed here is written soon, and wins then.
    const ids = [...this.#touched].filter((id) => !this.#drawn.has(id));
    this.#touched.clear();
    this.#show(() => this.#view.show(ids));
  }

  #show(run: () => void): void {
    this.#flushHistory();
    this.#isShowing = true;
    run();
    // What the editor itself changes in consequence is every editor's own affair: written by all, it would
    // come back from all.
    this.#flushHistory();
    this.#isShowing = false;
    this.#options.hidden(this.#view.hiddenCount());
    this.#options.writable(isWritable(this.#options.roots, this.#options.store));
  }

  /** The store tells its listeners once a frame, but at once when a new one comes, who must not hear what was before. */
  #flushHistory(): void {
    this.#options.store.listen(() => undefined)();
  }
}
