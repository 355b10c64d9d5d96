import type { ParticipantId } from "@darasa/protocol";
import { boardRoots, type BoardStoredEvent, type DeleteRange } from "@darasa/protocol/board";
import { Doc, getState, type Transaction } from "yjs";
import { BoardConnection, type BoardConnectionOptions, type BoardLink } from "./boardConnection.ts";
import { localCopyName, openCopyMark, type CopyMark } from "./copyMarks.ts";
import { forgetLocalCopy } from "./forgetLocalCopy.ts";
import { openLocalCopy } from "./localCopy.ts";
import { localOrigin } from "./localOrigin.ts";
import { OwnAwareness } from "./ownAwareness.ts";
import type { SharedBoard } from "./sharedBoard.ts";
import { Timer } from "./timer.ts";
import { createStoredTracker } from "./trackStored.ts";

export interface BoardCopyOptions extends Pick<
  BoardConnectionOptions,
  "board" | "address" | "getTicket" | "environment" | "Socket"
> {
  readonly participantId: ParticipantId;
  /** Any of the answers of the copy may be another now. */
  readonly changed: () => void;
}

/** Edits are stored within a fraction of a second; if they seem not to be, the word of it may have been lost. */
const patienceMs = 8_000;

/**
 * One copy of a board's document on this device, from opening to throwing away: first what was kept here, then the
 * connection that brings it up to date.
 */
export class BoardCopy implements SharedBoard {
  readonly roots = boardRoots(new Doc());
  readonly awareness = new OwnAwareness(this.roots.doc);
  readonly #options: BoardCopyOptions;
  readonly #name: string;
  readonly #mark: CopyMark;
  readonly #tracker = createStoredTracker(this.roots.doc.clientID);
  readonly #connection: BoardConnection;
  readonly #closing = new AbortController();
  readonly #keeping: Promise<(() => Promise<void>) | undefined>;
  readonly #askSoon: Timer;
  #link: BoardLink = "connecting";
  #isOpen = false;

  constructor(options: BoardCopyOptions) {
    this.#options = options;
    this.#name = localCopyName(options.participantId, options.board);
    this.#mark = openCopyMark(this.#name);
    this.#askSoon = new Timer(options.environment.after, () => this.#ask());
    // Those who only look tell nothing of themselves.
    this.awareness.setLocalState(null);
    this.roots.doc.on("afterTransaction", (transaction: Transaction) => this.#edited(transaction));
    this.#connection = new BoardConnection({
      ...options,
      doc: this.roots.doc,
      awareness: this.awareness,
      linkChanged: (link) => this.#linkChanged(link),
      answered: this.#tracker.answered,
    });
    this.#keeping = this.#open();
  }

  get link(): BoardLink {
    return this.#link;
  }

  /** There is something to show: from this device, or from the server. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** All edits of this device are committed. */
  get isStored(): boolean {
    return this.#tracker.isStored();
  }

  stored(event: BoardStoredEvent): void {
    this.#tracker.stored(event);
    this.#changed();
  }

  /** Tries the connection again at once. */
  retry(): void {
    this.#connection.connect();
  }

  /** Ends the wait for the next try, if there is one. */
  hurry(): void {
    this.#connection.hurry();
  }

  /** Ends the connection and the keeping; `forget` also empties what this device has kept. */
  async close({ forget }: { readonly forget: boolean }): Promise<void> {
    this.#closing.abort();
    this.#askSoon.cancel();
    this.#connection.close();
    const stopKeeping = await this.#keeping;
    await stopKeeping?.();
    this.roots.doc.destroy();
    if (!forget) return;
    await forgetLocalCopy(this.#name);
    this.#mark.remove();
  }

  /** The connection comes second, so that its first question already tells what is here. */
  async #open(): Promise<(() => Promise<void>) | undefined> {
    const { doc } = this.roots;
    const stopKeeping = await openLocalCopy(this.#name, doc);
    if (this.#closing.signal.aborted) return stopKeeping;
    if (doc.store.clients.size > 0) {
      this.#tracker.loadedEarlierEdits();
      this.#isOpen = true;
    }
    this.#connection.connect();
    return stopKeeping;
  }

  #linkChanged(link: BoardLink): void {
    this.#link = link;
    this.#isOpen ||= link === "online";
    this.#changed();
  }

  #edited(transaction: Transaction): void {
    if (transaction.origin !== localOrigin) return;
    const { doc } = transaction;
    this.#tracker.edited(getState(doc.store, doc.clientID), deletedRanges(transaction));
    this.#mark.set(this.isStored);
    this.#changed();
  }

  #changed(): void {
    // What an earlier visit left unsent stays marked until the server has it.
    if (this.#link === "online" && this.isStored) this.#mark.set(true);
    const isWaiting = this.#link === "online" && !this.isStored;
    if (isWaiting) this.#askSoon.start(patienceMs);
    else this.#askSoon.cancel();
    this.#options.changed();
  }

  #ask(): void {
    this.#connection.ask();
    this.#askSoon.start(patienceMs);
  }
}

function deletedRanges(transaction: Transaction): DeleteRange[] {
  return [...transaction.deleteSet.clients].flatMap(([client, items]) =>
    items.map((item): DeleteRange => [client, item.clock, item.len]),
  );
}
