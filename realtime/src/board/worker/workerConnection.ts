import type { BoardAuthor } from "@darasa/database";
import type { Connection, Hocuspocus } from "@hocuspocus/server";
import { decodeYjsFrame, type SyncStep } from "../yjsFrame.ts";
import type { ConnectionNumber, RefusalCode } from "../workerMessages.ts";
import { checkUpdate } from "./checkUpdate.ts";
import type { HocuspocusContext } from "./hocuspocus.ts";
import {
  decodeHocuspocusFrame,
  encodeAuthentication,
  encodeHocuspocusFrame,
} from "./hocuspocusFrame.ts";
import type { ServedDocument } from "./servedDocument.ts";
import { createTimeBudget } from "./timeBudget.ts";

/** What a connection needs of its worker, and tells it. */
export interface ConnectionPorts {
  readonly number: ConnectionNumber;
  readonly documentName: string;
  /** Whose edits its own are. */
  readonly author: BoardAuthor;
  readonly mayDraw: boolean;
  readonly hocuspocus: Hocuspocus<HocuspocusContext>;
  readonly served: (document: string) => ServedDocument | undefined;
  readonly send: (frames: readonly Uint8Array[]) => void;
  readonly refused: (code: RefusalCode) => void;
  readonly copied: () => void;
  /** The document took a part of an update: it has to be loaded again. */
  readonly broke: () => void;
  /** The worker was kept busy for too long. */
  readonly overspent: () => void;
  /** Hocuspocus let the connection go. */
  readonly over: () => void;
  /** Something that should not be possible: this connection is over, the others go on. */
  readonly failed: (error: unknown) => void;
  /** Brackets work on this peer's behalf, so that one can see who stopped the worker. */
  readonly blame: <Value>(work: () => Value) => Value;
}

interface Ready {
  readonly connection: Connection;
  readonly served: ServedDocument;
}

/** Structs and deletions of one frame; a peer that returns may bring a whole document. */
const maxPieces: Record<Exclude<SyncStep, "question">, number> = {
  update: 20_000,
  answer: 300_000,
};
/** Hocuspocus asks every request for its parameters: the shorter the address, the cheaper. */
const request = new Request("http://b");
const socketState = { open: 1, closed: 3 } as const;

/** One peer of a document, on the worker's side: checks what it sends before Hocuspocus sees it. */
export class WorkerConnection {
  readonly documentName: string;
  readonly #ports: ConnectionPorts;
  readonly #queue: Uint8Array[] = [];
  readonly #time = createTimeBudget(() => performance.now());
  readonly #ready = Promise.withResolvers<Ready | null>();
  readonly #client: ReturnType<Hocuspocus<HocuspocusContext>["handleConnection"]>;
  readonly #socket = {
    readyState: socketState.open as number,
    send: (data: unknown) => {
      if (data instanceof Uint8Array) this.#hear(data);
    },
    close: () => this.#end(),
  };
  #mayDraw: boolean;
  #isOpen = true;
  #isRunning = false;
  /** The peer has been asked what it has, and has not answered yet. */
  #isAsked = false;
  #run: Promise<void> = Promise.resolve();

  /** Opens the document for this peer. */
  constructor(ports: ConnectionPorts) {
    this.#ports = ports;
    this.documentName = ports.documentName;
    this.#mayDraw = ports.mayDraw;
    this.#client = ports.hocuspocus.handleConnection(this.#socket, request, {
      number: ports.number,
      author: ports.author,
      connected: (connection) => {
        const served = ports.served(this.documentName);
        if (served === undefined) this.#end();
        else this.#ready.resolve({ connection, served });
      },
    });
    this.#client.handleMessage(encodeAuthentication(this.documentName));
  }

  /** Takes a frame; it is handled when what came before is merged. */
  receive(frame: Uint8Array): void {
    this.#queue.push(frame);
    this.#start();
  }

  /** Holds for everything that is not merged yet. */
  setRights(mayDraw: boolean): void {
    this.#mayDraw = mayDraw;
  }

  /** Leaves the document when what was received is merged. */
  close(): void {
    this.#isOpen = false;
    this.#start();
  }

  /** Resolves when everything that was received is merged or refused. */
  settled(): Promise<void> {
    return this.#run;
  }

  #hear(data: Uint8Array): void {
    const reply = decodeHocuspocusFrame(data);
    if (reply.kind === "forward") this.#ports.send([reply.frame]);
    else if (reply.kind === "over") this.#end();
  }

  #end(): void {
    if (this.#socket.readyState === socketState.closed) return;
    this.#socket.readyState = socketState.closed;
    this.#ready.resolve(null);
    if (this.#isOpen) this.#ports.over();
  }

  #start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#run = this.#handleAll();
  }

  async #handleAll(): Promise<void> {
    const ready = await this.#ready.promise;
    for (let frame = this.#queue.shift(); frame !== undefined; frame = this.#queue.shift()) {
      if (ready !== null && this.#socket.readyState === socketState.open) {
        await this.#handleInTime(frame, ready);
      }
    }
    this.#isRunning = false;
    if (this.#isOpen) return;
    this.#socket.readyState = socketState.closed;
    this.#client.handleClose({ code: 1000, reason: "closed" });
  }

  async #handleInTime(frame: Uint8Array, ready: Ready): Promise<void> {
    const startMs = performance.now();
    try {
      await this.#handle(frame, ready);
    } catch (error) {
      this.#ports.failed(error);
    }
    this.#time.charge(performance.now() - startMs);
    if (this.#time.isSpent()) this.#ports.overspent();
  }

  async #handle(frame: Uint8Array, ready: Ready): Promise<void> {
    const decoded = decodeYjsFrame(frame);
    if (!decoded.ok || decoded.value.kind !== "sync") {
      this.#ports.refused("bad_update");
      return;
    }
    const { step, payload } = decoded.value;
    if (step === "answer") this.#isAsked = false;
    if (step === "question") {
      this.#answer(payload, ready);
      return;
    }
    const isIn = this.#mayDraw
      ? await this.#merge(frame, { step, payload }, ready)
      : this.#look(payload, ready);
    if (!isIn || step !== "answer") return;
    // What the peer brought is told as merged before it is told as known.
    ready.served.document.flush();
    this.#ports.copied();
  }

  /**
   * The peer builds on something that it has and we do not: edits that it made before this connection, or what
   * another tab told it. Its answer will bring both.
   */
  #askAgain(served: ServedDocument): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#ports.send([served.question()]);
  }

  #answer(stateVector: Uint8Array, { served }: Ready): void {
    try {
      this.#isAsked = true;
      this.#ports.send(this.#ports.blame(() => served.answer(stateVector)));
    } catch {
      this.#ports.refused("bad_update");
    }
  }

  /** Who only looks may say again what the document has already. */
  #look(update: Uint8Array, { served }: Ready): boolean {
    try {
      if (this.#ports.blame(() => served.contains(update))) return true;
      this.#ports.refused("drawing_locked");
    } catch {
      this.#ports.refused("bad_update");
    }
    return false;
  }

  async #merge(
    frame: Uint8Array,
    { step, payload }: { step: "answer" | "update"; payload: Uint8Array },
    { connection, served }: Ready,
  ): Promise<boolean> {
    const { blame, refused, broke } = this.#ports;
    const verdict = blame(() => checkUpdate(served.document, payload, maxPieces[step]));
    if (verdict.kind === "incomplete" && step === "update") {
      this.#askAgain(served);
      return false;
    }
    if (verdict.kind !== "whole") {
      refused("bad_update");
      return false;
    }
    if (!served.budget.admits(verdict.update)) {
      refused("document_full");
      return false;
    }
    connection.handleMessage(encodeHocuspocusFrame(this.documentName, frame));
    await connection.waitForPendingMessages();
    served.budget.merged(verdict.update);
    const isWhole = served.tookAll(verdict.update);
    if (!isWhole) broke();
    return isWhole;
  }
}
