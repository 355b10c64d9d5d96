import type { BoardUpdateRow, ControlMessage, Database, Writer } from "@darasa/database";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Log } from "../log.ts";
import { roomChannel } from "../publish/channelNames.ts";
import type { Frame, Publisher } from "../publish/publisher.ts";
import type { AdmissionDeps } from "./admitToBoard.ts";
import { keepAliveFrame } from "./awarenessCodec.ts";
import { applyControl, rereadAccess } from "./boardControl.ts";
import { BoardPeer, type BoardConnection } from "./boardPeer.ts";
import type { BoardPlace } from "./boardPlace.ts";
import { defaultSettings, maxDocumentPieces, type BoardSettings } from "./boardSettings.ts";
import { DrawingEraser } from "./drawingEraser.ts";
import { hearWorker, type WorkerAudience } from "./hearWorker.ts";
import { createOffenders, type Offenders } from "./offenders.ts";
import { OpenBoards } from "./openBoards.ts";
import type { NotifyOfBoard } from "./tellOfBoard.ts";
import { toStoredExtents } from "./storedExtent.ts";
import { UpdateLog } from "./updateLog.ts";
import { WorkerHost } from "./workerHost.ts";
import type { ConnectionNumber, UpdateExtent } from "./workerMessages.ts";

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

export interface BoardStats {
  readonly connections: number;
  readonly documents: number;
  readonly unstoredUpdates: number;
  readonly unstoredBytes: number;
  readonly workerRestarts: number;
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
  /** Those whose ticket is still being looked at, and those that are open. */
  readonly #peers = new Set<BoardPeer>();
  readonly #numbered = new Map<ConnectionNumber, BoardPeer>();
  readonly #settling = new Map<number, () => void>();
  readonly #offenders: Offenders;
  readonly #timers: readonly NodeJS.Timeout[];
  /** When, by `uptimeMs`, the sign-in of a peer was said to end. */
  readonly #endsAtMs = new WeakMap<BoardPeer, number>();
  #lastNumber = 0;
  #isDraining = false;

  constructor(deps: BoardServerDeps, settings: BoardSettings) {
    this.#deps = deps;
    this.#offenders = createOffenders(deps.now);
    const { database, publisher, now, log } = deps;
    this.#host = new WorkerHost({
      limits: { maxBytes: settings.maxDocumentBytes, maxPieces: maxDocumentPieces },
      onMessage: (message) => hearWorker(message, audience),
      onDied: (blamed) => this.#workerDied(blamed),
      log,
      watchIntervalMs: settings.watchIntervalMs,
    });
    const host = this.#host;
    this.#updateLog = new UpdateLog({
      writer: deps.writer,
      stored: (place, extent) => this.#tellStored(place, extent),
      gone: ({ name }) => this.#closeBoard(name, closeReasons.forbidden),
      refused: ({ name }) => this.#startOver(name),
      askWhole: ({ name }) => host.post({ kind: "whole", document: name }),
      log,
    });
    const updateLog = this.#updateLog;
    const { unloadAfterMs } = settings;
    this.#boards = new OpenBoards({ database, publisher, updateLog, host, now, unloadAfterMs });
    const { writer } = deps;
    const boards = this.#boards;
    this.#eraser = new DrawingEraser({ database, writer, boards, updateLog, host, log });
    const audience: WorkerAudience = {
      peers: this.#numbered,
      boards: this.#boards,
      updateLog,
      publisher,
      closeBoard: (name, reason) => this.#closeBoard(name, reason),
      settled: (token) => this.#settling.get(token)?.(),
      erased: (token, update) => this.#eraser.answered(token, update),
      log,
    };
    this.#timers = [
      setInterval(() => this.#sayAlive(), settings.keepAliveMs).unref(),
      setInterval(() => void this.#reread(this.#ending()), settings.signInBeatMs).unref(),
    ];
  }

  control(message: ControlMessage): void {
    if (message.kind === "drawingsErased") this.#eraser.erase(message);
    else applyControl(message, this.#peers, (peer) => void this.#reread([peer]));
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
    };
  }

  async drain(graceMs: number): Promise<{ readonly unstored: readonly BoardUpdateRow[] }> {
    this.#isDraining = true;
    this.#eraser.stop();
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
        this.#expect(peer, await rereadAccess(peer, this.#deps.loadAccess));
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
      joined: (joined, { signInEndsInMs }) => {
        this.#expect(joined, signInEndsInMs);
        return this.#joined(joined);
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

  #expect(peer: BoardPeer, signInEndsInMs: number | null): void {
    if (signInEndsInMs === null) this.#endsAtMs.delete(peer);
    else this.#endsAtMs.set(peer, this.#deps.uptimeMs() + signInEndsInMs);
  }

  /** Those whose sign-in should be over by now; while that is being asked they are not asked about again. */
  #ending(): BoardPeer[] {
    const nowMs = this.#deps.uptimeMs();
    const ending = [...this.#numbered.values()].filter(
      (peer) => (this.#endsAtMs.get(peer) ?? Infinity) <= nowMs,
    );
    for (const peer of ending) this.#endsAtMs.delete(peer);
    return ending;
  }

  #joined(peer: BoardPeer): ConnectionNumber {
    this.#lastNumber += 1;
    this.#numbered.set(this.#lastNumber, peer);
    return this.#lastNumber;
  }

  #tellStored({ schoolId, roomId, boardId }: BoardPlace, extent: UpdateExtent): void {
    for (const stored of toStoredExtents(extent)) {
      this.#deps.publisher.publishEverywhere(roomChannel(schoolId, roomId), {
        type: "boardStored",
        room: roomId,
        board: boardId,
        ...stored,
      });
    }
  }

  #closeBoard(name: string, reason: CloseReason): void {
    for (const peer of [...this.#peers])
      if (peer.admission?.place.name === name) peer.close(reason);
  }

  #startOver(name: string): void {
    const peers = [...this.#peers].filter((peer) => peer.admission?.place.name === name);
    for (const peer of peers) peer.startOver();
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
