import type { BoardUpdateOutcome, BoardUpdateRow, Writer } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { BoardPlace } from "./boardPlace.ts";
import { HeldSchools } from "./heldSchools.ts";
import { bytesOf, takeBatch, toRow, type Entry } from "./updateBatch.ts";
import { mergeExtents } from "./storedExtent.ts";
import type { MergedUpdate, UpdateExtent } from "./workerMessages.ts";

interface UpdateLogOptions {
  readonly writer: Pick<Writer, "appendBoardUpdates">;
  /** Committed, and everything before it, too. */
  readonly stored: (place: BoardPlace, extent: UpdateExtent) => void;
  /** The board does not exist any more: what was drawn on it is dropped. */
  readonly gone: (place: BoardPlace) => void;
  /**
   * Somebody drew who has lost their right to (SPEC B8): that, and all that came after it, is dropped, and what is in
   * memory cannot be kept.
   */
  readonly refused: (place: BoardPlace) => void;
  /** So much waits for the database that the whole document would be less: see `replace`. */
  readonly askWhole: (place: BoardPlace) => void;
  readonly log: Log;
}

/** What became of each update of a batch; `held`: nothing, since somebody holds what it needs; null: nothing. */
type Outcomes = ReadonlyMap<Entry, BoardUpdateOutcome> | "held" | null;

const maxWaitingBytesPerBoard = 8 * 1024 * 1024;
const retryDelaysMs = [100, 250, 500, 1_000, 2_000] as const;
const nothing: UpdateExtent = { clocks: new Map(), deletes: [] };
const doNothing = (): void => undefined;

/**
 * The append-only log of all boards of this process. Group commit without a timer: a batch is what came
 * while the last one was committed. While the database is away, edits wait here, within bounds, in order; those of a
 * school of which somebody holds something wait alone.
 */
export class UpdateLog {
  readonly #options: UpdateLogOptions;
  #waiting: Entry[] = [];
  #committing: Entry[] = [];
  readonly #bytesOf = new Map<string, number>();
  readonly #asked = new Set<string>();
  readonly #held = new HeldSchools();
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

  /** Those updates, in order. Some of them may be committed already; to append them twice changes nothing. */
  get unstoredRows(): readonly BoardUpdateRow[] {
    return [...this.#committing, ...this.#waiting].flatMap(toRow);
  }

  /** Commits the update as soon as it can; told by `stored`. The bytes are the log's from now on. */
  append(place: BoardPlace, merged: MergedUpdate): void {
    this.#count(place, merged.update.length);
    this.#add({ place, ...merged, then: doNothing });
    const isMuch = (this.#bytesOf.get(place.name) ?? 0) > maxWaitingBytesPerBoard;
    const hasToWait = this.#failures > 0 || this.#held.goesApart(place.schoolId);
    if (!isMuch || !hasToWait || this.#asked.has(place.name)) return;
    this.#asked.add(place.name);
    this.#options.askWhole(place);
  }

  /** Calls back when everything that was appended before is committed. */
  afterStored(place: BoardPlace, then: () => void): void {
    this.#add({ place, update: null, extent: nothing, authors: [], drawers: [], then });
  }

  /** The document itself, in which all of its updates so far are: it waits in their place. */
  replace(place: BoardPlace, whole: Uint8Array): void {
    const isOld = (entry: Entry) => entry.place.name === place.name && entry.update !== null;
    const old = this.#waiting.filter(isOld);
    const first = old[0];
    if (first === undefined) return;
    const extent = mergeExtents(old.map((entry) => entry.extent));
    const authors = [...new Set(old.flatMap((entry) => entry.authors))];
    const drawers = old.flatMap((entry) => entry.drawers);
    const entry = { place, update: whole, extent, authors, drawers, then: doNothing };
    this.#waiting[this.#waiting.indexOf(first)] = entry;
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
    this.#held.wake();
    this.#wake();
    this.#runSoon();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise((resolve) => (timer = setTimeout(resolve, graceMs)));
    await Promise.race([this.#idle.promise, late]);
    clearTimeout(timer);
  }

  #add(entry: Entry): void {
    if (this.#waiting.length === 0 && !this.#isRunning) this.#idle = Promise.withResolvers();
    this.#waiting.push(entry);
    this.#runSoon();
  }

  #runSoon(): void {
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    for (;;) {
      const { batch, kept } = takeBatch(this.#waiting, this.#held);
      if (batch.length === 0) break;
      this.#waiting = kept;
      this.#committing = batch;
      const outcomes = await this.#write(batch);
      this.#committing = [];
      if (outcomes instanceof Map) {
        this.#settle(batch, outcomes);
        continue;
      }
      this.#waiting = [...batch, ...this.#waiting];
      if (outcomes === null) await this.#pause();
    }
    this.#isRunning = false;
    if (this.#waiting.length === 0) this.#idle.resolve(undefined);
  }

  async #write(batch: readonly Entry[]): Promise<Outcomes> {
    const updates = batch.filter(({ update }) => update !== null);
    if (updates.length === 0) return new Map();
    const schools = new Set(updates.map(({ place }) => place.schoolId));
    try {
      const outcomes = await this.#options.writer.appendBoardUpdates(updates.flatMap(toRow));
      this.#failures = 0;
      this.#held.committed(schools);
      return new Map(updates.map((entry, index) => [entry, outcomes[index] ?? "not_found"]));
    } catch (error) {
      if (error instanceof DarasaError && error.code === "busy") {
        this.#held.waited(schools, () => this.#runSoon());
        return "held";
      }
      if (this.#failures === 0) this.#options.log("warn", "boards cannot be stored", { error });
      return null;
    }
  }

  #settle(batch: readonly Entry[], outcomes: Exclude<Outcomes, string | null>): void {
    const byBoard = Map.groupBy(batch, ({ place }) => place.name);
    for (const entries of byBoard.values()) {
      const isRefused = entries.some((entry) => outcomes.get(entry) === "refused");
      this.#tell(entries, outcomes);
      if (isRefused) this.#drop(entries);
      else for (const { then } of entries) then();
    }
  }

  #tell(entries: readonly Entry[], outcomes: Exclude<Outcomes, string | null>): void {
    const updates = entries.filter(({ update }) => update !== null);
    const [first] = updates;
    if (first === undefined) return;
    this.#count(first.place, -updates.map(bytesOf).reduce(add, 0));
    if (updates.some((entry) => outcomes.get(entry) === "not_found")) {
      this.#options.gone(first.place);
    }
    const stored = updates.filter((entry) => outcomes.get(entry) === "stored");
    if (stored.length === 0) return;
    this.#options.stored(first.place, mergeExtents(stored.map(({ extent }) => extent)));
  }

  /** What waits of that board builds on what was refused. */
  #drop([first]: readonly Entry[]): void {
    if (first === undefined) return;
    const { place } = first;
    const isOfBoard = (entry: Entry) => entry.place.name === place.name;
    this.#count(place, -this.#waiting.filter(isOfBoard).map(bytesOf).reduce(add, 0));
    this.#waiting = this.#waiting.filter((entry) => !isOfBoard(entry));
    this.#asked.delete(place.name);
    this.#options.refused(place);
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

function add(a: number, b: number): number {
  return a + b;
}
