import { reconnectAfter, type BoardId } from "@darasa/protocol";
import type { SyncedCopy } from "@darasa/protocol/board";
import { peekVarUint } from "lib0/decoding";
import { messageYjsSyncStep1 } from "y-protocols/sync";
import type { Awareness } from "y-protocols/awareness";
import { messageSync, WebsocketProvider } from "y-websocket";
import type { Doc } from "yjs";
import { backoffDelayMs } from "../connection/backoff.ts";
import { CommandFailure } from "../connection/commandFailure.ts";
import type { Environment } from "../connection/environment.ts";
import { ticketId } from "./ticketId.ts";

/**
 * Where a board's connection stands: trying, in step with the server, without network (it comes back by
 * itself), or closed by the server for good.
 */
export type BoardLink = "connecting" | "online" | "offline" | "ended";

export interface BoardConnection {
  /** Starts, or tries again at once where it waits or has ended. */
  readonly connect: () => void;
  readonly close: () => void;
}

export interface BoardConnectionOptions {
  readonly doc: Doc;
  readonly awareness: Awareness;
  readonly board: BoardId;
  /** The page's origin as a WebSocket address, with the path of boards: `wss://school.example/yjs`. */
  readonly address: string;
  readonly getTicket: () => Promise<string>;
  readonly environment: Pick<Environment, "after" | "random" | "watchNetwork">;
  readonly linkChanged: (link: BoardLink) => void;
  /** The server asked what the document has, and was given all that it lacked. */
  readonly answered: (answer: SyncedCopy) => void;
}

/** Keeps `doc` and `awareness` in step with the server, opening every connection with a fresh ticket. */
export function connectBoard(options: BoardConnectionOptions): BoardConnection {
  const { environment, linkChanged } = options;
  const provider = createProvider(options);
  let answers = { ticket: "", count: 0 };
  let attempt = 0;
  let isClosed = false;
  // Each try has a number: what an older one was still waiting for no longer counts.
  let turn = 0;
  let cancelWait: (() => void) | undefined;

  countAnswers(provider, () => {
    answers = { ...answers, count: answers.count + 1 };
    options.answered(answers);
  });

  const open = async (): Promise<void> => {
    const mine = ++turn;
    cancelWait?.();
    try {
      const ticket = await options.getTicket();
      if (mine !== turn || isClosed) return;
      answers = { ticket: ticketId(ticket), count: 0 };
      provider.params = { ticket };
      provider.connect();
    } catch (error) {
      if (mine !== turn || isClosed) return;
      if (error instanceof CommandFailure && !error.retryable) linkChanged("ended");
      else wait();
    }
  };
  const wait = (): void => {
    linkChanged(attempt === 0 ? "connecting" : "offline");
    attempt += 1;
    cancelWait = environment.after(backoffDelayMs(attempt, environment.random()), () => {
      void open();
    });
  };
  const stop = (link: BoardLink): void => {
    turn += 1;
    cancelWait?.();
    provider.disconnect();
    linkChanged(link);
  };

  provider.on("sync", (isSynced) => {
    if (!isSynced) return;
    attempt = 0;
    linkChanged("online");
  });
  provider.on("connection-close", (event) => {
    // In a microtask, since the provider is still in the middle of closing: a call now would recurse.
    const mine = turn;
    queueMicrotask(() => {
      if (isClosed || mine !== turn) return;
      provider.disconnect();
      if (event !== null && reconnectAfter(event.code) === "no") linkChanged("ended");
      else wait();
    });
  });
  const unwatch = environment.watchNetwork({
    online: () => void open(),
    offline: () => stop("offline"),
    shown: () => undefined,
  });

  return {
    connect: () => {
      linkChanged("connecting");
      void open();
    },
    close: () => {
      isClosed = true;
      turn += 1;
      cancelWait?.();
      unwatch();
      provider.destroy();
    },
  };
}

function createProvider(options: BoardConnectionOptions): WebsocketProvider {
  return new WebsocketProvider(options.address, options.board, options.doc, {
    awareness: options.awareness,
    connect: false,
    // Two windows of one person may have different rights: they meet at the server only.
    disableBc: true,
    // It would come back with the ticket that is spent; we come back ourselves.
    shouldReconnect: () => false,
  });
}

/** Calls `answered` after each question of the server (SyncStep1) has got its answer. */
function countAnswers(provider: WebsocketProvider, answered: () => void): void {
  const readSync = provider.messageHandlers[messageSync];
  if (readSync === undefined) throw new Error("y-websocket has no handler of sync messages");
  provider.messageHandlers[messageSync] = (...message) => {
    const isQuestion = peekVarUint(message[1]) === messageYjsSyncStep1;
    readSync(...message);
    if (isQuestion) answered();
  };
}
