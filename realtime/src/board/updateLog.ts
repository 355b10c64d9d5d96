import type { BoardUpdateRow, Writer } from "@darasa/database";
import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";
import type { Log } from "../log.ts";
import { mergeExtents } from "./storedExtent.ts";
import type { UpdateExtent } from "./workerMessages.ts";

/** Which board, and where its events go. */
export interface BoardPlace {
  readonly schoolId: SchoolId;
  readonly roomId: RoomId;
  readonly boardId: BoardId;
  /** The board's name in this process: school and board. */
  readonly name: string;
}

interface UpdateLogOptions {
  readonly writer: Pick<Writer, "appendBoardUpdates">;
  /** Committed, and everything before it, too. */
  readonly stored: (place: BoardPlace, extent: UpdateExtent) => void;
  /** The board does not exist any more: what was drawn on it is dropped. */
  readonly gone: (place: BoardPlace) => void;
  /** So much waits for the database that the whole document would be less: see `replace`. */
  readonly askWhole: (place: BoardPlace) => void;
  readonly log: Log;
}

/** An update that waits, or with `update: null` a place in the order at which `then` is called. */
interface Entry {
  readonly place: BoardPlace;
  readonly update: Uint8Array | null;
  readonly extent: UpdateExtent;
  readonly then: () => void;
}

const maxBatchRows = 500;
const maxBatchBytes = 8 * 1024 * 1024;
const maxWaitingBytesPerBoard = 8 * 1024 * 1024;
const retryDelaysMs = [100, 250, 500, 1_000, 2_000] as const;
const nothing: UpdateExtent = { clocks: new Map(), deletes: [] };
const doNothing = (): void => undefined;

/**
 * The append-only log of all boards of this process. Group commit without a timer: a batch is what came
 * while the last one was committed. While the database is away, edits wait here, within bounds, in order.
 */
export class UpdateLog {
  readonly #options: UpdateLogOptions;
  #waiting: Entry[] = [];
  #committing: Entry[] = [];
  readonly #bytesOf = new Map<string, number>();
  readonly #asked = new Set<string>();
  #isRunning = false;
  #failures = 0;
  #wake: () => void = doNothing;
  #idle = Promise.withResolvers<undefined>();

  constructor(options: UpdateLogOptions) {
    this.#options = options;
    this.#idle.resolve(undefined);
  }

  /** Updates that are not committed yet, and their bytes. */
  get unstored(): { readonly updates: number; readonly bytes: number } {
    const updates = [...this.#committing, ...this.#waiting].filter(({ update }) => update !== null);
    return { updates: updates.length, bytes: [...this.#bytesOf.values()].reduce(add, 0) };
  }

  /** Commits the update as soon as it can; told by `stored`. The bytes are the log's from now on. */
  append(place: BoardPlace, update: Uint8Array, extent: UpdateExtent): void {
    this.#count(place, update.length);
    this.#add({ place, update, extent, then: doNothing });
    const isMuch = (this.#bytesOf.get(place.name) ?? 0) > maxWaitingBytesPerBoard;
    if (!isMuch || this.#failures === 0 || this.#asked.has(place.name)) return;
    this.#asked.add(place.name);
    this.#options.askWhole(place);
  }

  /** Calls back when everything that was appended before is committed. */
  afterStored(place: BoardPlace, then: () => void): void {
    this.#add({ place, update: null, extent: nothing, then });
  }

  /** The document itself, in which all of its updates so far are: it waits in their place. */
  replace(place: BoardPlace, whole: Uint8Array): void {
    const isOld = (entry: Entry) => entry.place.name === place.name && entry.update !== null;
    const old = this.#waiting.filter(isOld);
    const first = old[0];
    if (first === undefined) return;
    const extent = mergeExtents(old.map((entry) => entry.extent));
    this.#waiting[this.#waiting.indexOf(first)] = { place, update: whole, extent, then: doNothing };
    this.#waiting = this.#waiting.filter((entry) => entry.update === whole || !isOld(entry));
    this.#count(place, whole.length - old.map(bytesOf).reduce(add, 0));
    this.#asked.delete(place.name);
  }

  /** The updates of a board that the database may not have yet. */
  waitingOf(name: string): Uint8Array[] {
    const entries = [...this.#committing, ...this.#waiting];
    return entries.flatMap(({ place, update }) =>
      place.name === name && update !== null ? [update] : [],
    );
  }

  /** Resolves when everything is committed, or after `graceMs`. */
  async flush(graceMs: number): Promise<void> {
    this.#wake();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([this.#idle.promise, late]);
    clearTimeout(timer);
  }

  #add(entry: Entry): void {
    this.#waiting.push(entry);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    this.#idle = Promise.withResolvers();
    while (this.#waiting.length > 0) {
      this.#committing = this.#takeBatch();
      const lost = await this.#write(this.#committing);
      const batch = this.#committing;
      this.#committing = [];
      if (lost === null) {
        this.#waiting = [...batch, ...this.#waiting];
        await this.#pause();
      } else {
        this.#settle(batch, lost);
      }
    }
    this.#isRunning = false;
    this.#idle.resolve(undefined);
  }

  #takeBatch(): Entry[] {
    let bytes = 0;
    let rows = 0;
    const end = this.#waiting.findIndex((entry) => {
      bytes += bytesOf(entry);
      rows += entry.update === null ? 0 : 1;
      return rows > 1 && (rows > maxBatchRows || bytes > maxBatchBytes);
    });
    return this.#waiting.splice(0, end === -1 ? this.#waiting.length : end);
  }

  /** Commits the batch. Those whose board is gone; null when nothing was committed. */
  async #write(batch: readonly Entry[]): Promise<ReadonlySet<Entry> | null> {
    const updates = batch.filter(({ update }) => update !== null);
    if (updates.length === 0) return new Set();
    try {
      const outcomes = await this.#options.writer.appendBoardUpdates(updates.flatMap(toRow));
      this.#failures = 0;
      return new Set(updates.filter((_, index) => outcomes[index] !== "stored"));
    } catch (error) {
      if (this.#failures === 0) this.#options.log("warn", "boards cannot be stored", { error });
      return null;
    }
  }

  #settle(batch: readonly Entry[], lost: ReadonlySet<Entry>): void {
    const updates = batch.filter(({ update }) => update !== null);
    const byBoard = Map.groupBy(updates, ({ place }) => place.name);
    for (const entries of byBoard.values()) this.#tell(entries, lost);
    for (const { then } of batch) then();
  }

  #tell(entries: readonly Entry[], lost: ReadonlySet<Entry>): void {
    const [first] = entries;
    if (first === undefined) return;
    this.#count(first.place, -entries.map(bytesOf).reduce(add, 0));
    const stored = entries.filter((entry) => !lost.has(entry));
    if (stored.length < entries.length) this.#options.gone(first.place);
    if (stored.length === 0) return;
    this.#options.stored(first.place, mergeExtents(stored.map(({ extent }) => extent)));
  }

  async #pause(): Promise<void> {
    const delayMs = retryDelaysMs[this.#failures] ?? retryDelaysMs.at(-1);
    this.#failures += 1;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #count({ name }: BoardPlace, bytes: number): void {
    const total = (this.#bytesOf.get(name) ?? 0) + bytes;
    if (total > 0) this.#bytesOf.set(name, total);
    else this.#bytesOf.delete(name);
  }
}

function toRow({ place, update }: Entry): BoardUpdateRow[] {
  if (update === null) return [];
  return [{ schoolId: place.schoolId, boardId: place.boardId, body: update }];
}

function bytesOf({ update }: Entry): number {
  return update?.length ?? 0;
}

function add(a: number, b: number): number {
  return a + b;
}
