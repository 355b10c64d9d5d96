import type { BoardUpdateRow, ControlMessage, Database, Writer } from "@darasa/database";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Log } from "../log.ts";
import type { Frame, Publisher } from "../publish/publisher.ts";
import type { AdmissionDeps } from "./admitToBoard.ts";
import { keepAliveFrame } from "./awarenessCodec.ts";
import { applyControl, rereadAccess } from "./boardControl.ts";
import { BoardPeer, type BoardConnection } from "./boardPeer.ts";
import { boardNameOf, type BoardIds } from "./boardPlace.ts";
import { defaultSettings, maxDocumentPieces, type BoardSettings } from "./boardSettings.ts";
import { DrawingEraser } from "./drawingEraser.ts";
import { hearWorker, type WorkerAudience } from "./hearWorker.ts";
import { createBoardHome, type BoardHome } from "./boardHome.ts";
import type { BoardStats } from "./boardStats.ts";
import { createOffenders, type Offenders } from "./offenders.ts";
import { OpenBoards } from "./openBoards.ts";
import { tellStored, type NotifyOfBoard } from "./tellOfBoard.ts";
import { SignInEnds } from "./signInEnds.ts";
import { UpdateLog } from "./updateLog.ts";
import { WorkerHost } from "./workerHost.ts";
import type { ConnectionNumber } from "./workerMessages.ts";

export type { BoardAccess, BoardAccessQuestion } from "./admitToBoard.ts";
export type { BoardConnection } from "./boardPeer.ts";
export type { NotifyOfBoard } from "./tellOfBoard.ts";

/** What boards need of the rest of the process. */
export interface BoardServerDeps extends AdmissionDeps {
  readonly database: Database;
  readonly writer: Writer;
  /** Board frames go to `boardChannel`, stored events to `roomChannel`. */
  readonly publisher: Pick<Publisher, "publishEverywhere" | "publishFrame">;
  readonly notify: NotifyOfBoard;
  /** Tells the other nodes that the board is served here from now on. */
  readonly claimBoard: (place: BoardIds) => void;
  readonly log: Log;
  readonly now: () => number;
  /** Ms by a clock that nobody sets. */
  readonly uptimeMs: () => number;
}

/** The boards of one process: it owns the connections at `/yjs` and the worker that merges. */
export interface BoardServer {
  /** Takes the connections of the route `/yjs`. */
  readonly handler: {
    opened(
      connection: BoardConnection,
      request: { readonly document: string; readonly ticket: string },
    ): { received(frame: Frame): void; closed(code: number): void };
  };
  /** What the API changed: rights are toggled, the removed are closed, at once; drawings are erased. */
  control(message: ControlMessage): void;
  /** Another node serves this board: who is at it here is told to come back, which leads there. */
  servedElsewhere(ids: BoardIds): void;
  /** Other nodes may not have heard which boards are served here. */
  claimAgain(): void;
  /** Control messages may have been missed: asks the database again about everybody who is connected. */
  reread(): Promise<void>;
  /** Figures for `/metrics` (P9). */
  stats(): BoardStats;
  /**
   * Closes every connection with `shutdown`, and resolves when all that was merged is stored, or after
   * `graceMs` with the updates that are not.
   */
  drain(graceMs: number): Promise<{ readonly unstored: readonly BoardUpdateRow[] }>;
}

const rereadRetryMs = 2_000;

/** Boards that serve from now on, until `drain`. */
export function createBoardServer(
  deps: BoardServerDeps,
  settings: Partial<BoardSettings> = {},
): BoardServer {
  return new Boards(deps, { ...defaultSettings, ...settings });
}

class Boards implements BoardServer {
  readonly handler: BoardServer["handler"] = {
    opened: (connection, request) => this.#opened(connection, request),
  };
  readonly #deps: BoardServerDeps;
  readonly #host: WorkerHost;
  readonly #updateLog: UpdateLog;
  readonly #boards: OpenBoards;
  readonly #eraser: DrawingEraser;
  readonly #home: BoardHome;
  /** Those whose ticket is still being looked at, and those that are open. */
  readonly #peers = new Set<BoardPeer>();
  readonly #numbered = new Map<ConnectionNumber, BoardPeer>();
  readonly #settling = new Map<number, () => void>();
  readonly #offenders: Offenders;
  readonly #timers: readonly NodeJS.Timeout[];
  readonly #ends: SignInEnds<BoardPeer>;
  #lastNumber = 0;
  #isDraining = false;

  constructor(deps: BoardServerDeps, settings: BoardSettings) {
    this.#deps = deps;
    this.#offenders = createOffenders(deps.now);
    this.#ends = new SignInEnds(deps.uptimeMs);
    const { database, writer, publisher, log } = deps;
    this.#host = new WorkerHost({
      limits: { maxBytes: settings.maxDocumentBytes, maxPieces: maxDocumentPieces },
      onMessage: (message) => hearWorker(message, audience),
      onDied: (blamed) => this.#workerDied(blamed),
      log,
      watchIntervalMs: settings.watchIntervalMs,
      isNeeded: () => !this.#boards.isEmpty || this.#eraser.isWaiting || this.#settling.size > 0,
      restMs: settings.workerRestMs,
    });
    const host = this.#host;
    this.#updateLog = new UpdateLog({
      writer,
      stored: (place, extent) => tellStored(publisher, place, extent),
      gone: ({ name }) => this.#closeBoard(name, closeReasons.forbidden),
      refused: ({ name }) => this.#startOver(name),
      askWhole: ({ name }) => host.post({ kind: "whole", document: name }),
      log,
    });
    const updateLog = this.#updateLog;
    const boards = new OpenBoards({ ...deps, ...settings, updateLog, host });
    this.#boards = boards;
    this.#eraser = new DrawingEraser({ database, writer, boards, updateLog, host, log });
    this.#home = this.#createHome();
    const audience: WorkerAudience = {
      peers: this.#numbered,
      boards,
      updateLog,
      publisher,
      closeBoard: (name, reason) => this.#closeBoard(name, reason),
      settled: (token) => this.#settling.get(token)?.(),
      erased: (token, update) => this.#eraser.answered(token, update),
      log,
    };
    this.#timers = [
      setInterval(() => this.#sayAlive(), settings.keepAliveMs).unref(),
      setInterval(
        () => void this.#reread(this.#ends.takeEnded(this.#numbered.values())),
        settings.signInBeatMs,
      ).unref(),
    ];
  }

  control(message: ControlMessage): void {
    if (message.kind === "drawingsErased") this.#eraser.erase(message);
    else if (message.kind === "trackMuted") return;
    else applyControl(message, this.#peers, (peer) => void this.#reread([peer]));
  }

  servedElsewhere(ids: BoardIds): void {
    this.#home.servedElsewhere(boardNameOf(ids));
  }

  claimAgain(): void {
    const places = [...this.#peers].flatMap(({ admission }) => admission?.place ?? []);
    const served = new Map(places.map((place) => [place.name, place]));
    for (const place of served.values()) this.#deps.claimBoard(place);
  }

  reread(): Promise<void> {
    return this.#reread([...this.#peers]);
  }

  stats(): BoardStats {
    const { updates, bytes } = this.#updateLog.unstored;
    return {
      connections: this.#numbered.size,
      documents: this.#boards.size,
      unstoredUpdates: updates,
      unstoredBytes: bytes,
      workerRestarts: this.#host.restarts,
      isWorkerRunning: this.#host.isRunning,
    };
  }

  async drain(graceMs: number): Promise<{ readonly unstored: readonly BoardUpdateRow[] }> {
    this.#isDraining = true;
    this.#eraser.stop();
    this.#home.stop();
    for (const timer of this.#timers) clearInterval(timer);
    const endsAtMs = performance.now() + graceMs;
    const hasWorked = this.#numbered.size > 0 || this.#boards.size > 0;
    for (const peer of [...this.#peers]) peer.close(closeReasons.shutdown);
    if (hasWorked) await this.#settle(graceMs / 2);
    await this.#updateLog.flush(Math.max(0, endsAtMs - performance.now()));
    await this.#host.stop();
    return { unstored: this.#updateLog.unstoredRows };
  }

  /** Tries again while the database is away. */
  async #reread(peers: readonly BoardPeer[]): Promise<void> {
    const left = [...peers];
    for (let peer = left.at(-1); peer !== undefined; peer = left.at(-1)) {
      try {
        this.#ends.expect(peer, await rereadAccess(peer, this.#deps.loadAccess));
        left.pop();
      } catch (error) {
        this.#deps.log("warn", "rights on boards could not be read again", { error });
        if (!this.#isDraining) setTimeout(() => void this.#reread(left), rereadRetryMs).unref();
        return;
      }
    }
  }

  #opened(
    connection: BoardConnection,
    request: { readonly document: string; readonly ticket: string },
  ): BoardPeer {
    const peer = new BoardPeer(connection, request, {
      ...this.#deps,
      boards: this.#boards,
      host: this.#host,
      updateLog: this.#updateLog,
      isBanned: (participantId) => this.#offenders.isBanned(participantId),
      joined: (joined, { place, signInEndsInMs }) => {
        this.#ends.expect(joined, signInEndsInMs);
        // It is at the board when this is over.
        if (this.#peersAt(place.name).length === 0) queueMicrotask(() => this.#home.came(place));
        this.#lastNumber += 1;
        this.#numbered.set(this.#lastNumber, joined);
        return this.#lastNumber;
      },
      left: (left, number) => {
        this.#peers.delete(left);
        if (number !== null) this.#numbered.delete(number);
      },
    });
    this.#peers.add(peer);
    if (this.#isDraining) peer.close(closeReasons.shutdown);
    return peer;
  }

  #closeBoard(name: string, reason: CloseReason): void {
    for (const peer of this.#peersAt(name)) peer.close(reason);
  }

  /** Once all that is merged is stored; what comes meanwhile its author brings again. */
  #letGo(name: string): void {
    const board = this.#boards.find(name);
    if (board === undefined) return;
    this.#updateLog.afterStored(board.place, () => {
      this.#closeBoard(name, closeReasons.shutdown);
      this.#boards.discard(board);
    });
  }

  #createHome(): BoardHome {
    const { claimBoard, uptimeMs, log } = this.#deps;
    return createBoardHome({
      say: claimBoard,
      isServed: (name) => this.#peersAt(name).length > 0,
      letGo: (name) => this.#letGo(name),
      uptimeMs,
      log,
    });
  }

  #peersAt(name: string): BoardPeer[] {
    return [...this.#peers].filter((peer) => peer.admission?.place.name === name);
  }

  #startOver(name: string): void {
    for (const peer of this.#peersAt(name)) peer.startOver();
    this.#boards.forget(name);
  }

  /** Only what this worker had is closed, and everybody may come again. */
  #workerDied(blamed: ConnectionNumber | null): void {
    const offender = blamed === null ? undefined : this.#numbered.get(blamed)?.admission;
    if (offender) this.#offenders.add(offender.question.participantId);
    this.#boards.dropAll();
    this.#eraser.workerDied();
    for (const resolve of this.#settling.values()) resolve();
    for (const peer of [...this.#numbered.values()]) peer.close(closeReasons.internal);
  }

  async #settle(graceMs: number): Promise<void> {
    const token = this.#settling.size + 1;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const timer = setTimeout(() => resolve(undefined), graceMs);
    this.#settling.set(token, () => resolve(undefined));
    this.#host.post({ kind: "settle", token });
    await promise;
    clearTimeout(timer);
    this.#settling.delete(token);
  }

  #sayAlive(): void {
    for (const { channel } of this.#boards.all()) {
      this.#deps.publisher.publishFrame(channel, keepAliveFrame);
    }
  }
}
