import { splitUpdate } from "@darasa/protocol/board";
import type { Document } from "@hocuspocus/server";
import * as Y from "yjs";
import { encodeSyncFrame } from "../yjsFrame.ts";
import type { CheckedUpdate } from "./checkUpdate.ts";
import type { DocumentLimits } from "../workerMessages.ts";
import { createDocumentBudget, type DocumentBudget } from "./documentBudget.ts";

/** A document that is open in this worker. */
export interface ServedDocument {
  readonly document: Document;
  readonly budget: DocumentBudget;
  /** The frame that asks a peer what it has and we do not. */
  question(): Uint8Array;
  /**
   * The frames that bring a peer with this state vector up to date: our question what it has, what it
   * lacks in pieces, and the last piece as the answer.
   *
   * @throws Error when the state vector cannot be read
   */
  answer(stateVector: Uint8Array): Uint8Array[];
  /**
   * Whether the document has everything of that update.
   *
   * @throws Error when the update cannot be read
   */
  contains(update: Uint8Array): boolean;
  /** Call it after merging: false when the document did not take all of it, and cannot be trusted. */
  tookAll(update: CheckedUpdate): boolean;
}

/** A peer at 64 kbit/s hears something every few seconds while a large board arrives. */
const pieceBytes = 32 * 1024;
/** An update or a state vector that says nothing. */
const nothing = { update: [0, 0], stateVector: [0] } as const;

/** Serves a document; what takes long is kept until the document changes. */
export function createServedDocument(
  document: Document,
  limits: DocumentLimits,
  now: () => number,
): ServedDocument {
  let wholePieces: Uint8Array[] | null = null;
  let snapshot: Y.Snapshot | null = null;
  document.on("update", () => {
    wholePieces = null;
    snapshot = null;
  });

  function pieces(stateVector: Uint8Array): Uint8Array[] {
    if (!isBytes(stateVector, nothing.stateVector)) {
      return splitUpdate(Y.encodeStateAsUpdate(document, stateVector), pieceBytes);
    }
    wholePieces ??= splitUpdate(Y.encodeStateAsUpdate(document), pieceBytes);
    return wholePieces;
  }

  const question = () => encodeSyncFrame("question", Y.encodeStateVector(document));

  return {
    document,
    question,
    budget: createDocumentBudget(document, limits, now),
    answer(stateVector) {
      const all = pieces(stateVector);
      return [
        question(),
        ...all.map((piece, index) =>
          encodeSyncFrame(index === all.length - 1 ? "answer" : "update", piece),
        ),
      ];
    },
    contains(update) {
      if (isBytes(update, nothing.update)) return true;
      snapshot ??= Y.snapshot(document);
      return Y.snapshotContainsUpdate(snapshot, update);
    },
    tookAll({ extent }) {
      const { store } = document;
      const isParked = store.pendingStructs !== null || store.pendingDs !== null;
      return (
        !isParked && [...extent.clocks].every(([client, end]) => Y.getState(store, client) >= end)
      );
    },
  };
}

function isBytes(bytes: Uint8Array, expected: readonly number[]): boolean {
  return bytes.length === expected.length && expected.every((byte, index) => bytes[index] === byte);
}
