import type { Database, Writer } from "@darasa/database";
import type { BoardId, ParticipantId, SchoolId } from "@darasa/protocol";
import type { DrawingsErased } from "../access/accessChange.ts";
import type { Log } from "../log.ts";
import { makeBoardPlace, type BoardPlace } from "./boardPlace.ts";
import { loadDrawers, loadUpdates } from "./loadBoard.ts";
import type { OpenBoards } from "./openBoards.ts";
import type { UpdateLog } from "./updateLog.ts";
import type { WorkerHost } from "./workerHost.ts";
import { packUpdates, type ToWorker } from "./workerMessages.ts";

/** Somebody who is being erased. */
interface ErasedDrawer {
  readonly schoolId: SchoolId;
  readonly participantId: ParticipantId;
}

interface DrawingEraserOptions {
  readonly database: Database;
  readonly writer: Pick<Writer, "replaceBoardUpdates">;
  readonly boards: Pick<OpenBoards, "find" | "acquire" | "release">;
  readonly updateLog: Pick<UpdateLog, "afterStored">;
  readonly host: Pick<WorkerHost, "post">;
  readonly log: Log;
}

/** A board on which they drew, and by which Yjs clients. */
interface DrawnBoard {
  readonly place: BoardPlace;
  readonly clients: readonly number[];
}

type Answer = (update: Uint8Array | null) => void;

/** What is drawn meanwhile, or another process that does the same, may come in between so often. */
const maxAttempts = 3;
const storedWithinMs = 3_000;

/**
 * Takes what somebody drew from all boards of a school: from the open ones before everybody's eyes, and from the log,
 * which is rewritten as one update that has nothing of it. What is drawn meanwhile stays. Restartable: a board is
 * done when its person's Yjs clients are not known any more, and what fails is asked for again by the API.
 */
export class DrawingEraser {
  readonly #options: DrawingEraserOptions;
  readonly #waiting = new Set<ParticipantId>();
  readonly #answers = new Map<number, Answer>();
  #queue: Promise<void> = Promise.resolve();
  #lastToken = 0;
  #isStopped = false;

  constructor(options: DrawingEraserOptions) {
    this.#options = options;
  }

  /** The worker has still to answer. */
  get isWaiting(): boolean {
    return this.#answers.size > 0;
  }

  /** Does it soon, one person at a time; failures are logged. */
  erase(word: Pick<DrawingsErased, "schoolId" | "participantId">): void {
    const schoolId = word.schoolId as SchoolId;
    const participantId = word.participantId as ParticipantId;
    if (this.#waiting.has(participantId)) return;
    this.#waiting.add(participantId);
    this.#queue = this.#queue.then(() => {
      this.#waiting.delete(participantId);
      return this.#eraseEverywhere({ schoolId, participantId });
    });
  }

  /** The worker has done what it was asked by that token; with what came of it. */
  answered(token: number, update: Uint8Array | null): void {
    this.#answers.get(token)?.(update);
    this.#answers.delete(token);
  }

  /** Begins nothing more: what is left is asked for again of another process. */
  stop(): void {
    this.#isStopped = true;
  }

  /** The worker is gone: it answers nothing any more. */
  workerDied(): void {
    for (const token of [...this.#answers.keys()]) this.answered(token, null);
  }

  async #eraseEverywhere(person: ErasedDrawer): Promise<void> {
    for (const board of await this.#loadBoards(person)) {
      try {
        await this.#eraseFrom(board, person);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  async #loadBoards(person: ErasedDrawer): Promise<readonly DrawnBoard[]> {
    try {
      const drawers = await loadDrawers(this.#options.database, person);
      const boards = new Map<BoardId, { place: BoardPlace; clients: number[] }>();
      for (const { boardId, roomId, clientId } of drawers) {
        const place = makeBoardPlace({ schoolId: person.schoolId, roomId, boardId });
        const board = boards.get(boardId) ?? { place, clients: [] };
        board.clients.push(clientId);
        boards.set(boardId, board);
      }
      return [...boards.values()];
    } catch (error) {
      this.#failed(error);
      return [];
    }
  }

  /** One board that fails leaves the others their turn; the API asks again for what is left. */
  #failed(error: unknown): void {
    this.#options.log("warn", "somebody's drawings could not be erased yet", { error });
  }

  async #eraseFrom(board: DrawnBoard, { schoolId, participantId }: ErasedDrawer): Promise<void> {
    const { database, writer } = this.#options;
    const { place, clients } = board;
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      await this.#eraseOpen(board);
      // What waits for the database may have some of it, too.
      if (!(await this.#isStored(place))) continue;
      const rows = await loadUpdates(database, place);
      const body = await this.#makeLog(
        rows.map(({ body }) => body),
        clients,
      );
      const isDone = await writer.replaceBoardUpdates({
        schoolId,
        boardId: place.boardId,
        participantId,
        clientIds: clients,
        updateIds: rows.map(({ updateId }) => updateId),
        body,
      });
      if (!isDone) continue;
      // Who came to a board that was not open has read what is gone now.
      await this.#eraseOpen(board);
      return;
    }
    throw new Error("the log of a board changed too often");
  }

  async #eraseOpen({ place, clients }: DrawnBoard): Promise<void> {
    const { boards } = this.#options;
    if (boards.find(place.name) === undefined) return;
    const board = await boards.acquire(place);
    try {
      await this.#ask((token) => ({ kind: "erase", token, document: place.name, clients }));
    } finally {
      boards.release(board);
    }
  }

  /** False when it takes too long, or never comes: a board of which an edit was refused is loaded anew. */
  #isStored(place: BoardPlace): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), storedWithinMs).unref();
      this.#options.updateLog.afterStored(place, () => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }

  /** @throws Error when the log cannot be read whole: what is in it must not be lost with it */
  async #makeLog(bodies: readonly Uint8Array[], clients: readonly number[]): Promise<Uint8Array> {
    const updates = packUpdates(bodies);
    const body = await this.#ask(
      (token) => ({ kind: "eraseLog", token, updates, clients }),
      [updates.bytes.buffer],
    );
    if (body === null) throw new Error("the log of a board could not be read whole");
    return body;
  }

  #ask(
    make: (token: number) => ToWorker,
    handedOver: readonly ArrayBuffer[] = [],
  ): Promise<Uint8Array | null> {
    if (this.#isStopped) return Promise.reject(new Error("this process ends"));
    this.#lastToken += 1;
    const token = this.#lastToken;
    return new Promise((resolve) => {
      this.#answers.set(token, resolve);
      this.#options.host.post(make(token), handedOver);
    });
  }
}
