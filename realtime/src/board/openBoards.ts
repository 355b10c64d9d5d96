import type { Database } from "@darasa/database";
import { DarasaError } from "@darasa/protocol";
import { boardChannel } from "../publish/channelNames.ts";
import type { Channel, Publisher } from "../publish/publisher.ts";
import { BoardAwareness } from "./boardAwareness.ts";
import type { BoardPlace } from "./boardPlace.ts";
import { loadUpdates } from "./loadBoard.ts";
import type { UpdateLog } from "./updateLog.ts";
import type { WorkerHost } from "./workerHost.ts";
import { packUpdates } from "./workerMessages.ts";

/** A board that is loaded, or being loaded, in a worker. */
export interface OpenBoard {
  readonly place: BoardPlace;
  readonly channel: Channel;
  readonly awareness: BoardAwareness;
  /** The worker that had it is gone: nothing more comes of this object. */
  isDropped: boolean;
}

interface OpenBoardsOptions {
  readonly database: Database;
  readonly publisher: Pick<Publisher, "publishFrame">;
  readonly updateLog: Pick<UpdateLog, "waitingOf">;
  readonly host: Pick<WorkerHost, "post">;
  readonly now: () => number;
  /** A board that nobody looks at stays this long: they may only have lost the network. */
  readonly unloadAfterMs: number;
}

interface Entry extends OpenBoard {
  users: number;
  loaded: Promise<void>;
  unloadTimer: NodeJS.Timeout | null;
}

interface Unloading {
  /** Null when nothing that the worker still tells of it is to be kept. */
  readonly place: BoardPlace | null;
  readonly done: PromiseWithResolvers<undefined>;
}

/** The boards that this process serves now. A board is loaded once, however many come at the same time. */
export class OpenBoards {
  readonly #options: OpenBoardsOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #unloading = new Map<string, Unloading>();

  constructor(options: OpenBoardsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The worker has none of them, nor is it on its way. */
  get isEmpty(): boolean {
    return this.#entries.size === 0 && this.#unloading.size === 0;
  }

  /** All that are served now. */
  all(): Iterable<OpenBoard> {
    return this.#entries.values();
  }

  /** Where the board of that name is, also while a worker still lets go of it. */
  placeOf(name: string): BoardPlace | undefined {
    return this.#entries.get(name)?.place ?? this.#unloading.get(name)?.place ?? undefined;
  }

  /** The board of that name, if it is served now. */
  find(name: string): OpenBoard | undefined {
    return this.#entries.get(name);
  }

  /**
   * The board, loaded; the caller uses it until `release`.
   *
   * @throws DarasaError unavailable
   */
  async acquire(place: BoardPlace): Promise<OpenBoard> {
    await this.#unloading.get(place.name)?.done.promise;
    const entry = this.#entries.get(place.name) ?? this.#open(place);
    entry.users += 1;
    this.#keep(entry);
    try {
      await entry.loaded;
      if (entry.isDropped) throw new DarasaError("unavailable");
      return entry;
    } catch (error) {
      this.#drop(entry);
      throw error;
    }
  }

  /** One user less; with the last the board is unloaded after a while. */
  release(board: OpenBoard): void {
    const entry = this.#entries.get(board.place.name);
    if (entry !== board) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.unloadTimer = setTimeout(() => this.#unload(entry), this.#options.unloadAfterMs);
  }

  /** Takes it out of service: whoever comes next gets it loaded anew. */
  discard(board: OpenBoard): void {
    const entry = this.#entries.get(board.place.name);
    if (entry === board) this.#unload(entry);
  }

  /** The same, and nothing of what is in memory is kept. */
  forget(name: string): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined) this.#unload(entry);
    const unloading = this.#unloading.get(name);
    if (unloading !== undefined) this.#unloading.set(name, { ...unloading, place: null });
  }

  /** The worker has let go of that board. */
  unloaded(name: string): void {
    this.#unloading.get(name)?.done.resolve(undefined);
    this.#unloading.delete(name);
  }

  /** The worker is gone, and everything in it. */
  dropAll(): void {
    for (const entry of [...this.#entries.values()]) this.#drop(entry);
    for (const name of [...this.#unloading.keys()]) this.unloaded(name);
  }

  #open(place: BoardPlace): Entry {
    const { publisher, now } = this.#options;
    const channel = boardChannel(place.schoolId, place.boardId);
    const entry: Entry = {
      place,
      channel,
      awareness: new BoardAwareness({
        send: (frame) => publisher.publishFrame(channel, frame),
        audience: () => entry.users,
        now,
      }),
      isDropped: false,
      users: 0,
      loaded: Promise.resolve(),
      unloadTimer: null,
    };
    this.#entries.set(place.name, entry);
    entry.loaded = this.#load(entry);
    return entry;
  }

  async #load(entry: Entry): Promise<void> {
    const { place } = entry;
    // Read before the database is asked: what is committed meanwhile is in one or in both.
    const waiting = this.#options.updateLog.waitingOf(place.name);
    const stored = await loadUpdates(this.#options.database, place);
    if (entry.isDropped) return;
    const updates = packUpdates([...stored.map(({ body }) => body), ...waiting]);
    this.#options.host.post({ kind: "load", document: place.name, updates }, [
      updates.bytes.buffer,
    ]);
  }

  #keep(entry: Entry): void {
    if (entry.unloadTimer !== null) clearTimeout(entry.unloadTimer);
    entry.unloadTimer = null;
  }

  #unload(entry: Entry): void {
    const { name } = entry.place;
    this.#drop(entry);
    this.#unloading.set(name, { place: entry.place, done: Promise.withResolvers() });
    this.#options.host.post({ kind: "unload", document: name });
  }

  #drop(entry: Entry): void {
    if (entry.isDropped) return;
    entry.isDropped = true;
    this.#keep(entry);
    entry.awareness.stop();
    this.#entries.delete(entry.place.name);
  }
}
