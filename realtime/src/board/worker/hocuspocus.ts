import {
  Hocuspocus,
  isTransactionOrigin,
  type Connection,
  type Document,
} from "@hocuspocus/server";
import * as Y from "yjs";
import type { BoardAuthor, BoardDrawer } from "@darasa/database";
import type { ConnectionNumber } from "../workerMessages.ts";

/** What a connection of ours hands through Hocuspocus, and gets back from it. */
export interface HocuspocusContext {
  readonly number: ConnectionNumber;
  readonly author: BoardAuthor;
  readonly connected: (connection: Connection, document: Document) => void;
}

interface HocuspocusOptions {
  /** The log of a document that is being opened; once. */
  readonly takeUpdates: (document: string) => readonly Uint8Array[];
  /** The document is loaded and nobody is connected yet. */
  readonly loaded: (document: Document) => void;
  /** What some ms of edits come to, merged, and whose they are. */
  readonly merged: (
    document: string,
    merged: {
      readonly update: Uint8Array;
      readonly authors: readonly BoardAuthor[];
      readonly drawers: readonly BoardDrawer[];
    },
  ) => void;
  readonly mayUnload: (document: string) => boolean;
  /** Whose edit is being merged from now on; 0 when nobody's. */
  readonly blame: (connection: ConnectionNumber) => void;
  readonly complain: (message: string, error: unknown) => void;
}

/** Edits are gathered for this long and then leave as one. */
const flushDelayMs = 16;
/** Ours come and go by the transport's heartbeat: Hocuspocus would take a quiet watcher for dead. */
const neverMs = 2 ** 31 - 1;

/**
 * Hocuspocus as the thing that merges: documents come from our log and go when we say so, and what is
 * merged is told once instead of being sent to each connection. Awareness never comes here.
 */
export function createHocuspocus(options: HocuspocusOptions): Hocuspocus<HocuspocusContext> {
  return new Hocuspocus<HocuspocusContext>({
    quiet: true,
    timeout: neverMs,
    flushDelay: flushDelayMs,
    maxPendingDocuments: 1,
    maxUnauthenticatedQueueMessages: 1,
    maxUnauthenticatedQueueSize: 1024,
    // Its presence makes Hocuspocus wait for the frame by which a document is opened.
    onAuthenticate: () => Promise.resolve(),
    onLoadDocument: ({ document }) => {
      fill(document, options);
      tellOnce(document, options);
      blameSenders(document, options);
      options.loaded(document);
      return Promise.resolve();
    },
    connected: ({ connection, context, documentName, instance }) => {
      const document = instance.documents.get(documentName);
      if (document !== undefined) context.connected(connection, document);
      return Promise.resolve();
    },
    // Unloading while somebody is coming would leave them with a dead document (hocuspocus #971).
    beforeUnloadDocument: ({ documentName }) =>
      options.mayUnload(documentName) ? Promise.resolve() : Promise.reject(new Error("")),
  });
}

/** Never throws: a throw here would leave the document behind for good (hocuspocus #1156). */
function fill(document: Document, { takeUpdates, complain }: HocuspocusOptions): void {
  const updates = takeUpdates(document.name);
  Y.transact(document, () => {
    for (const update of updates) {
      try {
        Y.applyUpdate(document, update);
      } catch (error) {
        complain("a stored update of a board could not be read", error);
      }
    }
  });
  // What was loaded is nobody's edit: it leaves the queue of the broadcast, to no connection.
  document.flush();
}

/** Private in Hocuspocus 4.7, which is pinned: `document.flush` calls it with the merged update. */
const broadcastUpdate = "broadcastUpdate";

function tellOnce(document: Document, { merged }: HocuspocusOptions): void {
  if (!(broadcastUpdate in document)) throw new Error("Hocuspocus broadcasts in another way now.");
  const authors = new Set<BoardAuthor>();
  let drawers: BoardDrawer[] = [];
  document.on("update", (_update: Uint8Array, origin: unknown) => {
    const sender = senderOf(origin);
    if (sender !== null) authors.add(sender.author);
  });
  document.on("afterTransaction", (transaction) => {
    const sender = senderOf(transaction.origin);
    if (sender === null) return;
    const { participantId } = sender.author;
    drawers.push(...newClients(transaction).map((clientId) => ({ clientId, participantId })));
  });
  Object.defineProperty(document, broadcastUpdate, {
    value(update: Uint8Array) {
      merged(document.name, { update, authors: [...authors], drawers });
      authors.clear();
      drawers = [];
    },
  });
}

/** A page is one client, and somebody returns with what a few pages did: the database is not to hear of thousands. */
const maxNewClients = 100;

/** The Yjs clients of which the document had nothing before; of very many only the first. */
function newClients({ beforeState, afterState }: Y.Transaction): number[] {
  if (afterState.size === beforeState.size) return [];
  const clients = [...afterState.keys()].filter((client) => !beforeState.has(client));
  return clients.slice(0, maxNewClients);
}

function blameSenders(document: Document, { blame }: HocuspocusOptions): void {
  document.on("beforeTransaction", ({ origin }: Y.Transaction) =>
    blame(senderOf(origin)?.number ?? 0),
  );
  document.on("afterAllTransactions", () => blame(0));
}

function senderOf(origin: unknown): HocuspocusContext | null {
  if (!isTransactionOrigin(origin) || origin.source !== "connection") return null;
  return origin.connection.context as HocuspocusContext;
}
