import { parentPort, workerData } from "node:worker_threads";
import type { Document } from "@hocuspocus/server";
import * as Y from "yjs";
import {
  unpackUpdates,
  type ConnectionNumber,
  type FromWorker,
  type ToWorker,
  type WorkerStart,
} from "../workerMessages.ts";
import { eraseDrawings, withoutDrawings } from "./eraseDrawings.ts";
import { createHocuspocus } from "./hocuspocus.ts";
import { createServedDocument, type ServedDocument } from "./servedDocument.ts";
import { updateExtent } from "./updateExtent.ts";
import { WorkerConnection } from "./workerConnection.ts";

/** The entry of a worker thread: merges the boards that the main loop gives it. */
const { blamed, limits } = workerData as WorkerStart;
const blamedNow = new Int32Array(blamed);
const loading = new Map<string, readonly Uint8Array[]>();
const served = new Map<string, ServedDocument>();
const connections = new Map<ConnectionNumber, WorkerConnection>();
/** Those that are gone but whose last edits are still being merged. */
const leaving = new Set<WorkerConnection>();
const unloading = new Set<string>();
/** Whose drawings are to be gone from documents that are on their way. */
const erasedEarly = new Map<string, Set<number>>();

const hocuspocus = createHocuspocus({
  takeUpdates(document) {
    const updates = loading.get(document) ?? [];
    loading.delete(document);
    return updates;
  },
  loaded(document) {
    served.set(document.name, createServedDocument(document, limits, Date.now));
    const clients = erasedEarly.get(document.name);
    if (clients !== undefined) eraseDrawings(document, clients);
    erasedEarly.delete(document.name);
  },
  merged(document, { update, ...whose }) {
    const extent = updateExtent(Y.decodeUpdate(update));
    const copy = new Uint8Array(update);
    tell({ kind: "merged", document, update: copy, extent, ...whose }, [copy.buffer]);
  },
  mayUnload: (document) => unloading.has(document),
  blame: (connection) => (blamedNow[0] = connection),
  complain,
});

function tell(message: FromWorker, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}

function complain(message: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  tell({ kind: "complaint", message: `${message}: ${text}` });
}

type Handlers = {
  readonly [Kind in ToWorker["kind"]]: (message: Extract<ToWorker, { kind: Kind }>) => void;
};

const handlers: Handlers = {
  load: ({ document, updates }) => void loading.set(document, unpackUpdates(updates)),
  unload: ({ document }) => void unload(document),
  open,
  rights: ({ connection, mayDraw }) => connections.get(connection)?.setRights(mayDraw),
  frame: ({ connection, frame }) => connections.get(connection)?.receive(frame),
  close: ({ connection }) => close(connection),
  whole: ({ document }) => tellWhole(document),
  erase,
  eraseLog,
  settle: ({ token }) => void settle(token),
  ping: () => tell({ kind: "pong" }),
};

function handle(message: ToWorker): void {
  const handler = handlers[message.kind] as (message: ToWorker) => void;
  handler(message);
}

function open({
  connection,
  document,
  mayDraw,
  author,
}: Extract<ToWorker, { kind: "open" }>): void {
  connections.set(
    connection,
    new WorkerConnection({
      number: connection,
      documentName: document,
      author,
      mayDraw,
      hocuspocus,
      served: (name) => served.get(name),
      send: (frames) => tell({ kind: "send", connection, frames }),
      refused: (code) => tell({ kind: "refused", connection, code }),
      copied: () => tell({ kind: "copied", connection }),
      broke: () => tell({ kind: "broke", document }),
      overspent: () => tell({ kind: "overspent", connection }),
      over: () => tell({ kind: "failed", connection }),
      failed(error) {
        complain("a frame could not be handled", error);
        tell({ kind: "failed", connection });
      },
      blame: (work) => {
        blamedNow[0] = connection;
        try {
          return work();
        } finally {
          blamedNow[0] = 0;
        }
      },
    }),
  );
}

function close(number: ConnectionNumber): void {
  const connection = connections.get(number);
  if (connection === undefined) return;
  connections.delete(number);
  connection.close();
  leaving.add(connection);
  void connection.settled().then(() => leaving.delete(connection));
}

async function unload(name: string): Promise<void> {
  const document = served.get(name)?.document;
  served.delete(name);
  loading.delete(name);
  erasedEarly.delete(name);
  unloading.add(name);
  try {
    if (document !== undefined) await letGo(document);
  } catch (error) {
    complain("a board could not be unloaded", error);
  } finally {
    unloading.delete(name);
    tell({ kind: "unloaded", document: name });
  }
}

/** Hocuspocus keeps a document for its own timers' sake; whoever comes next must not find that one. */
async function letGo(document: Document): Promise<void> {
  await hocuspocus.unloadDocument(document);
  if (hocuspocus.documents.get(document.name) !== document) return;
  hocuspocus.documents.delete(document.name);
  document.destroy();
}

function tellWhole(name: string): void {
  const document = served.get(name)?.document;
  if (document === undefined) return;
  document.flush();
  const update = new Uint8Array(Y.encodeStateAsUpdate(document));
  tell({ kind: "whole", document: name, update }, [update.buffer]);
}

function erase({ token, document: name, clients }: Extract<ToWorker, { kind: "erase" }>): void {
  const document = served.get(name)?.document;
  if (document !== undefined) {
    eraseDrawings(document, new Set(clients));
    document.flush();
  } else if (loading.has(name)) {
    erasedEarly.set(name, new Set([...(erasedEarly.get(name) ?? []), ...clients]));
  }
  tell({ kind: "erased", token, update: null });
}

function eraseLog({ token, updates, clients }: Extract<ToWorker, { kind: "eraseLog" }>): void {
  try {
    const update = withoutDrawings(unpackUpdates(updates), new Set(clients));
    tell({ kind: "erased", token, update }, update === null ? [] : [update.buffer]);
  } catch (error) {
    complain("a board could not be cleared of somebody's drawings", error);
    tell({ kind: "erased", token, update: null });
  }
}

async function settle(token: number): Promise<void> {
  await Promise.all(
    [...connections.values(), ...leaving].map((connection) => connection.settled()),
  );
  for (const { document } of served.values()) document.flush();
  tell({ kind: "settled", token });
}

parentPort?.on("message", handle);
tell({ kind: "pong" });
