import type { BoardRoots } from "@darasa/protocol/board";
import { atom, type TLRecord, type TLStore } from "tldraw";
import { vi } from "vitest";
import { localOrigin } from "../../localOrigin.ts";
import { bindStore, type StoreBinding } from "../bindStore.ts";
import { createBoardStore } from "../boardSchema.ts";
import { idOf } from "./boardFixtures.ts";

/** Timers that run when they are told to. */
export class Clock {
  #waiting = new Map<number, { atMs: number; run: () => void }>();
  #next = 0;
  #nowMs = 0;

  after = (delayMs: number, run: () => void): (() => void) => {
    const id = ++this.#next;
    this.#waiting.set(id, { atMs: this.#nowMs + delayMs, run });
    return () => this.#waiting.delete(id);
  };

  pass(ms: number): void {
    this.#nowMs += ms;
    for (const [id, { atMs, run }] of [...this.#waiting]) {
      if (atMs <= this.#nowMs && this.#waiting.delete(id)) run();
    }
  }
}

/** An editor's store bound to a document, and what came of it. */
export class BoundEditor {
  readonly store: TLStore = createBoardStore(atom("mode", "readwrite"));
  readonly clock = new Clock();
  readonly unfit = vi.fn<() => void>();
  readonly hidden = vi.fn<(count: number) => void>();
  readonly writable = vi.fn<(isWritable: boolean) => void>();
  readonly updates: Uint8Array[] = [];
  readonly binding: StoreBinding;
  readonly roots: BoardRoots;

  constructor(roots: BoardRoots, mayDraw = true) {
    this.roots = roots;
    this.binding = bindStore({
      roots,
      store: this.store,
      mayDraw,
      zoom: () => 1,
      after: this.clock.after,
      hidden: this.hidden,
      writable: this.writable,
      unfit: this.unfit,
    });
    roots.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === localOrigin) this.updates.push(update);
    });
  }

  /** What the person does, and the time until it is written. */
  draw(...records: TLRecord[]): void {
    this.store.put(records);
    this.clock.pass(50);
  }

  has(id: string): boolean {
    return this.store.has(idOf(id));
  }
}
