import { limits, reconnectAfter, type BoardId } from "@darasa/protocol";
import { splitUpdate, type SyncedCopy } from "@darasa/protocol/board";
import { peekVarUint, readVarUint, readVarUint8Array } from "lib0/decoding";
import { encode, writeVarUint, writeVarUint8Array, type Encoder } from "lib0/encoding";
import type { Awareness } from "y-protocols/awareness";
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  writeSyncStep1,
  writeUpdate,
} from "y-protocols/sync";
import { messageSync, WebsocketProvider } from "y-websocket";
import { encodeStateAsUpdate, type Doc } from "yjs";
import { backoffDelayMs } from "../connection/backoff.ts";
import { CommandFailure } from "../connection/commandFailure.ts";
import type { Environment } from "../connection/environment.ts";
import { ticketId } from "./ticketId.ts";

/**
 * Where a board's connection stands: trying, in step with the server, without network (it comes back by
 * itself), or closed by the server for good.
 */
export type BoardLink = "connecting" | "online" | "offline" | "ended";

export interface BoardConnectionOptions {
  readonly doc: Doc;
  readonly awareness: Awareness;
  readonly board: BoardId;
  /** The page's origin as a WebSocket address, with the path of boards: `wss://school.example/yjs`. */
  readonly address: string;
  readonly getTicket: () => Promise<string>;
  readonly environment: Pick<Environment, "after" | "random" | "watchNetwork">;
  /** The WebSocket of each connection is one of these. */
  readonly Socket: typeof WebSocket;
  readonly linkChanged: (link: BoardLink) => void;
  /** The server asked what the document has, and was given all that it lacked. */
  readonly answered: (answer: SyncedCopy) => void;
}

/** Keeps a document and its awareness in step with the server, opening every connection with a fresh ticket. */
export class BoardConnection {
  readonly #options: BoardConnectionOptions;
  readonly #provider: WebsocketProvider;
  readonly #unwatch: () => void;
  /** Answers given on the connection that this ticket opened. */
  #answers: SyncedCopy = { ticket: "", count: 0 };
  #failures = 0;
  /** Each try has a number: what an older one was still waiting for no longer counts. */
  #turn = 0;
  #cancelWait: (() => void) | undefined;
  #isClosed = false;

  constructor(options: BoardConnectionOptions) {
    this.#options = options;
    this.#provider = createProvider(options);
    this.#takeQuestions();
    this.#provider.on("sync", (isSynced) => {
      if (!isSynced) return;
      this.#failures = 0;
      options.linkChanged("online");
    });
    this.#provider.on("connection-close", (event) => this.#closed(event));
    this.#unwatch = options.environment.watchNetwork({
      online: () => void this.#open(),
      offline: () => this.#suspend(),
      shown: () => undefined,
    });
  }

  /** Starts, or tries again at once where it waits or has ended. */
  connect(): void {
    this.#options.linkChanged("connecting");
    void this.#open();
  }

  /** Ends the wait for the next try, if there is one: what stood in its way may be over. */
  hurry(): void {
    if (this.#cancelWait !== undefined) void this.#open();
  }

  /** Asks the server what it has that is not here; it asks back, and says when it has stored the answer. */
  ask(): void {
    this.#send((encoder) => writeSyncStep1(encoder, this.#options.doc));
  }

  close(): void {
    this.#isClosed = true;
    this.#newTurn();
    this.#unwatch();
    this.#provider.destroy();
  }

  /** Ends the connection, if there is one, and whatever was going on to get one. */
  #newTurn(): number {
    this.#provider.disconnect();
    this.#cancelWait?.();
    this.#cancelWait = undefined;
    this.#turn += 1;
    return this.#turn;
  }

  async #open(): Promise<void> {
    const turn = this.#newTurn();
    try {
      const ticket = await this.#options.getTicket();
      if (turn !== this.#turn || this.#isClosed) return;
      this.#answers = { ticket: ticketId(ticket), count: 0 };
      this.#provider.params = { ticket };
      this.#provider.connect();
    } catch (error) {
      if (turn !== this.#turn || this.#isClosed) return;
      if (error instanceof CommandFailure && !error.retryable) this.#options.linkChanged("ended");
      else this.#wait();
    }
  }

  #wait(): void {
    const { environment, linkChanged } = this.#options;
    linkChanged("offline");
    this.#failures += 1;
    const delayMs = backoffDelayMs(this.#failures, environment.random());
    this.#cancelWait = environment.after(delayMs, () => void this.#open());
  }

  #suspend(): void {
    this.#newTurn();
    this.#options.linkChanged("offline");
  }

  #closed(event: CloseEvent | null): void {
    const turn = this.#turn;
    // In a microtask, since the provider is still in the middle of closing: a call now would recurse.
    queueMicrotask(() => {
      if (this.#isClosed || turn !== this.#turn) return;
      this.#provider.disconnect();
      const isOver = event !== null && reconnectAfter(event.code) === "no";
      if (isOver) this.#options.linkChanged("ended");
      else this.#wait();
    });
  }

  /** Answers the server's questions in y-websocket's stead. */
  #takeQuestions(): void {
    const { messageHandlers } = this.#provider;
    const readSync = messageHandlers[messageSync];
    if (readSync === undefined) throw new Error("y-websocket has no handler of sync messages");
    messageHandlers[messageSync] = (...message) => {
      const [reply, question] = message;
      if (peekVarUint(question) !== messageYjsSyncStep1) {
        readSync(...message);
        return;
      }
      readVarUint(question);
      this.#answer(readVarUint8Array(question), reply);
    };
  }

  /** A day's work without network may not fit one frame: all but the last of it goes ahead as updates. */
  #answer(stateVector: Uint8Array, reply: Encoder): void {
    const { doc, answered } = this.#options;
    const pieces = splitUpdate(encodeStateAsUpdate(doc, stateVector), maxPieceBytes);
    const last = pieces.pop() ?? nothing;
    for (const piece of pieces) this.#send((encoder) => writeUpdate(encoder, piece));
    writeVarUint(reply, messageSync);
    writeVarUint(reply, messageYjsSyncStep2);
    writeVarUint8Array(reply, last);
    this.#answers = { ...this.#answers, count: this.#answers.count + 1 };
    answered(this.#answers);
  }

  #send(write: (encoder: Encoder) => void): void {
    const { ws } = this.#provider;
    if (ws?.readyState !== WebSocket.OPEN) return;
    const frame = encode((encoder) => {
      writeVarUint(encoder, messageSync);
      write(encoder);
    });
    ws.send(new Uint8Array(frame));
  }
}

/** A frame may have four times as much. */
const maxPieceBytes = limits.maxBoardFrameBytes / 4;
/** An update that says nothing. */
const nothing = new Uint8Array([0, 0]);

function createProvider(options: BoardConnectionOptions): WebsocketProvider {
  return new WebsocketProvider(options.address, options.board, options.doc, {
    awareness: options.awareness,
    connect: false,
    WebSocketPolyfill: options.Socket,
    // Two windows of one person may have different rights: they meet at the server only.
    disableBc: true,
    // It would come back with the ticket that is spent; we come back ourselves.
    shouldReconnect: () => false,
  });
}
