import * as Y from "yjs";
import type { DocumentLimits } from "../workerMessages.ts";
import type { CheckedUpdate } from "./checkUpdate.ts";

/** Keeps one document within its limits. */
export interface DocumentBudget {
  /** Whether the document may take that update. What only deletes is always welcome. */
  admits(update: CheckedUpdate): boolean;
  /** That update is merged now. */
  merged(update: CheckedUpdate): void;
}

/** Encoding a large document to know its size costs tens of ms: not more often than this. */
const measureIntervalMs = 2_000;

/**
 * Adds up what comes in, which is never too little, and measures only when the sum passes a limit: edits replace
 * one another and Yjs drops what is deleted.
 */
export function createDocumentBudget(
  document: Y.Doc,
  limits: DocumentLimits,
  now: () => number,
): DocumentBudget {
  let { bytes, pieces } = measure(document);
  let measuredAtMs = now();
  let isExact = true;

  const fits = (update: CheckedUpdate) =>
    bytes + update.bytes <= limits.maxBytes && pieces + update.pieces <= limits.maxPieces;

  return {
    admits(update) {
      if (!update.grows || fits(update)) return true;
      if (isExact || now() - measuredAtMs < measureIntervalMs) return false;
      ({ bytes, pieces } = measure(document));
      measuredAtMs = now();
      isExact = true;
      return fits(update);
    },
    merged(update) {
      bytes += update.bytes;
      pieces += update.pieces;
      isExact = false;
    },
  };
}

function measure(document: Y.Doc): { bytes: number; pieces: number } {
  let pieces = 0;
  document.store.clients.forEach((structs) => (pieces += structs.length));
  return { bytes: Y.encodeStateAsUpdate(document).length, pieces };
}
