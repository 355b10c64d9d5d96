import { limits } from "@darasa/protocol";
import { awarenessLimits } from "@darasa/protocol/awareness";

/** Limits of the route `/yjs` that the transport keeps. */
export const boardRouteLimits = {
  /** A joiner's document goes out in pieces well below this, each when the last has left. */
  maxBackpressureBytes: 4 * 1024 * 1024,
} as const;

/** What tests shorten. */
export interface BoardSettings {
  readonly unloadAfterMs: number;
  readonly watchIntervalMs: number;
  /** How long the worker outlives the last board. */
  readonly workerRestMs: number;
  readonly keepAliveMs: number;
  /** How often those are looked at whose sign-in may have ended (SPEC T6). */
  readonly signInBeatMs: number;
  readonly maxDocumentBytes: number;
}

/** What holds where no test says otherwise. */
export const defaultSettings: BoardSettings = {
  unloadAfterMs: 30_000,
  watchIntervalMs: 5_000,
  workerRestMs: 5 * 60_000,
  keepAliveMs: awarenessLimits.keepAliveMs,
  signInBeatMs: 2_000,
  maxDocumentBytes: limits.maxDocumentBytes,
};

/** Structs of one document: some 100 MB in a worker's memory. */
export const maxDocumentPieces = 500_000;
