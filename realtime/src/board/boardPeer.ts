import type { BoardAuthor } from "@darasa/database";
import { closeReasons, limits, type CloseReason } from "@darasa/protocol";
import type { Frame, Subscriber } from "../publish/publisher.ts";
import type { Admission } from "./admitToBoard.ts";
import {
  arriveAtBoard,
  type Arrival,
  type ArrivalParts,
  type ArrivalWatch,
} from "./arriveAtBoard.ts";
import { mayDraw, type Drawer } from "./drawingRight.ts";
import { createFrameBudget, type FrameBudget } from "./frameBudget.ts";
import type { OpenBoard } from "./openBoards.ts";
import { tellOfBoard, type NotifyOfBoard } from "./tellOfBoard.ts";
import type { UpdateLog } from "./updateLog.ts";
import type { WorkerHost } from "./workerHost.ts";
import type { ConnectionNumber, RefusalCode } from "./workerMessages.ts";
import { decodeYjsFrame, type YjsFrame } from "./yjsFrame.ts";

/** An open socket at `/yjs`, as the transport gives it. */
export interface BoardConnection extends Subscriber {
  admitted(): void;
}

export interface PeerParts extends ArrivalParts {
  readonly host: WorkerHost;
  readonly updateLog: UpdateLog;
  readonly notify: NotifyOfBoard;
  readonly now: () => number;
  /** The peer is open from now on: what the worker says of its number is for it. */
  readonly joined: (peer: BoardPeer, admission: Admission) => ConnectionNumber;
  /** It is over; `number` is null when it was never open. */
  readonly left: (peer: BoardPeer, number: ConnectionNumber | null) => void;
}

/** What came while the ticket was being checked. */
const maxWaiting = { frames: 200, bytes: 4 * limits.maxBoardFrameBytes } as const;
/** Unreadable updates before the connection is closed. */
const maxBadUpdates = 3;
/** A refusal is told no more often: the client throws its copy away anyway. */
const refusalIntervalMs = 1_000;
/** A joiner's pieces go out while no more than this is unsent. */
const paceBytes = 64 * 1024;

interface Open {
  readonly admission: Admission;
  readonly board: OpenBoard;
  readonly number: ConnectionNumber;
  drawer: Drawer;
}

/** One connection at `/yjs`, from its ticket to its close: the bridge between a socket and the worker. */
export class BoardPeer {
  readonly #connection: BoardConnection;
  readonly #parts: PeerParts;
  readonly #budget: FrameBudget;
  #waiting: Uint8Array[] = [];
  #open: Open | null = null;
  readonly #watch: ArrivalWatch = { isGone: false, isOutdated: false };
  #badFrames: number[] = [];
  #badUpdates = 0;
  #wasRefused = false;
  #refusedAtMs = -Infinity;
  #copies = 0;
  #sending: Promise<void> = Promise.resolve();

  constructor(
    connection: BoardConnection,
    request: { readonly document: string; readonly ticket: string },
    parts: PeerParts,
  ) {
    this.#connection = connection;
    this.#parts = parts;
    this.#budget = createFrameBudget(parts.now);
    void this.#arrive(request);
  }

  /** What decides on this person's drawing; null before they were let in. */
  get drawer(): Drawer | null {
    return this.#open?.drawer ?? null;
  }

  /** Who they are and where; null before they were let in. */
  get admission(): Admission | null {
    return this.#open?.admission ?? null;
  }

  /** Something changed in some room: if they are only arriving, what was read of them may be old. */
  outdate(): void {
    this.#watch.isOutdated = true;
  }

  /** A frame of the socket. */
  received(frame: Frame): void {
    if (this.#watch.isGone) return;
    if (typeof frame === "string") this.#fault();
    else if (this.#open === null) this.#wait(frame);
    else this.#handle(frame, this.#open);
  }

  /** The socket is gone. */
  closed(): void {
    this.#leave();
  }

  /** Ends the connection. What is on its way of somebody who has lost their right to be there is not merged. */
  close(reason: CloseReason): void {
    this.#connection.close(reason);
    if (reason === closeReasons.unauthenticated || reason === closeReasons.forbidden)
      this.#disarm();
    this.#leave();
  }

  /** Changes what decides on drawing, and tells when that changes the right itself. */
  setDrawer(drawer: Drawer): void {
    const open = this.#open;
    if (open === null) return;
    const before = mayDraw(open.drawer);
    open.drawer = drawer;
    const now = mayDraw(drawer);
    if (now === before) return;
    this.#parts.host.post({ kind: "rights", connection: open.number, mayDraw: now });
    if (!now) open.board.awareness.remove(open.number);
    this.#tellRights(open);
  }

  /** Sends each frame when the one before has left: a large board never stands in memory per joiner. */
  send(frames: readonly Uint8Array[]): void {
    this.#sending = this.#sending.then(async () => {
      for (const frame of frames) {
        if (this.#watch.isGone) return;
        if (this.#connection.bufferedBytes() > paceBytes) await this.#connection.drained();
        this.#connection.send(frame);
      }
    });
  }

  /** The worker did not take an edit. */
  refused(code: RefusalCode): void {
    const open = this.#open;
    if (open === null) return;
    const { now, notify } = this.#parts;
    // After another refusal the client's later edits hang in the air: that is no sign of malice.
    if (code !== "bad_update") this.#wasRefused = true;
    else if (!this.#wasRefused) this.#badUpdates += 1;
    if (now() - this.#refusedAtMs >= refusalIntervalMs) {
      this.#refusedAtMs = now();
      tellOfBoard(notify, open.admission, { type: "boardRefused", code });
    }
    if (this.#badUpdates >= maxBadUpdates) this.close(closeReasons.bad_frame);
  }

  /** The board is loaded anew, without what cannot be stored: the client throws its copy away and comes again. */
  startOver(): void {
    const open = this.#open;
    if (open === null) return;
    tellOfBoard(this.#parts.notify, open.admission, { type: "boardRefused", code: "conflict" });
    this.close(closeReasons.unavailable);
  }

  /** All that the client had is merged: told as stored when it is. */
  copied(): void {
    const open = this.#open;
    if (open === null) return;
    this.#copies += 1;
    const copy = { ticket: open.admission.ticketId, count: this.#copies };
    this.#parts.updateLog.afterStored(open.board.place, () =>
      tellOfBoard(this.#parts.notify, open.admission, {
        type: "boardStored",
        clocks: {},
        deletes: [],
        copy,
      }),
    );
  }

  async #arrive(request: { readonly document: string; readonly ticket: string }): Promise<void> {
    const arrival = await arriveAtBoard(request, this.#watch, this.#parts);
    if (arrival === null) return;
    if (!arrival.ok) this.close(arrival.close);
    else if (this.#watch.isGone) this.#parts.boards.release(arrival.value.board);
    else this.#enter(arrival.value);
  }

  #enter({ admission, board }: Arrival): void {
    this.#connection.admitted();
    const number = this.#parts.joined(this, admission);
    const open: Open = { admission, board, number, drawer: admission.drawer };
    this.#open = open;
    this.#parts.host.post({
      kind: "open",
      connection: number,
      document: board.place.name,
      mayDraw: mayDraw(open.drawer),
      author: authorOf(admission),
    });
    this.#connection.subscribe(board.channel);
    this.#tellEverybody(open);
    this.#tellRights(open);
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const frame of waiting) this.received(frame);
  }

  #leave(): void {
    if (this.#watch.isGone) return;
    this.#watch.isGone = true;
    this.#waiting = [];
    const open = this.#open;
    this.#parts.left(this, open?.number ?? null);
    if (open === null || open.board.isDropped) return;
    open.board.awareness.remove(open.number);
    this.#parts.host.post({ kind: "close", connection: open.number });
    this.#parts.boards.release(open.board);
  }

  #disarm(): void {
    const open = this.#open;
    if (open === null || this.#watch.isGone || open.board.isDropped) return;
    this.#parts.host.post({ kind: "rights", connection: open.number, mayDraw: false });
  }

  #wait(frame: Uint8Array): void {
    this.#waiting.push(frame);
    const bytes = this.#waiting.reduce((sum, { length }) => sum + length, 0);
    const isTooMuch = this.#waiting.length > maxWaiting.frames || bytes > maxWaiting.bytes;
    if (isTooMuch) this.close(closeReasons.rate_limited);
  }

  #handle(bytes: Uint8Array, open: Open): void {
    const frame = decodeYjsFrame(bytes);
    if (!frame.ok) {
      this.#fault();
      return;
    }
    switch (frame.value.kind) {
      case "awareness":
        this.#hear(frame.value.payload, open);
        return;
      case "queryAwareness":
        if (this.#budget.takeAwareness()) this.#tellEverybody(open);
        return;
      case "sync":
        this.#forward(bytes, frame.value, open);
        return;
    }
  }

  #hear(payload: Uint8Array, { admission, board, number, drawer }: Open): void {
    // Who only looks is not pointed at, and a thousand of them cost nothing.
    if (!mayDraw(drawer) || !this.#budget.takeAwareness()) return;
    const sender = { connection: number, user: admission.user };
    if (!board.awareness.receive(sender, payload).ok) this.#fault();
  }

  #forward(bytes: Uint8Array, frame: YjsFrame & { kind: "sync" }, { number }: Open): void {
    const isQuestion = frame.step === "question";
    const isWithin =
      this.#budget.takeSync(bytes.length) && (!isQuestion || this.#budget.takeQuestion());
    if (!isWithin) {
      this.close(closeReasons.rate_limited);
      return;
    }
    // A view into shared memory (ws) cannot be handed over.
    const own = new Uint8Array(bytes);
    this.#parts.host.post({ kind: "frame", connection: number, frame: own }, [own.buffer]);
  }

  #fault(): void {
    const nowMs = this.#parts.now();
    this.#badFrames = [...this.#badFrames.filter((atMs) => nowMs - atMs < 60_000), nowMs];
    if (this.#badFrames.length > limits.maxFaultsPerMinute) this.close(closeReasons.bad_frame);
  }

  #tellEverybody({ board }: Open): void {
    const everybody = board.awareness.everybody();
    if (everybody !== null) this.send([everybody]);
  }

  #tellRights({ admission, drawer }: Open): void {
    tellOfBoard(this.#parts.notify, admission, { type: "boardRights", mayDraw: mayDraw(drawer) });
  }
}

/** As what the database is to judge their edits. */
function authorOf({ question, drawer }: Admission): BoardAuthor {
  const { participantId, liveClassId } = question;
  return { participantId, role: drawer.role, liveClassId };
}
