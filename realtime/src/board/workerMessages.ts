import type { BoardAuthor, BoardDrawer } from "@darasa/database";
import type { DeleteRange, ErrorCode } from "@darasa/protocol";

/** A connection as main loop and worker name it: a number that is never used again. */
export type ConnectionNumber = number;

/** What of an update can be told as stored (SPEC B3). */
export interface UpdateExtent {
  /** For each Yjs client in it, the clock after its last struct. */
  readonly clocks: ReadonlyMap<number, number>;
  readonly deletes: readonly DeleteRange[];
}

/** What some ms of edits came to. */
export interface MergedUpdate {
  readonly update: Uint8Array<ArrayBuffer>;
  readonly extent: UpdateExtent;
  readonly authors: readonly BoardAuthor[];
  /** Yjs clients that the document had nothing of, and who brought them. */
  readonly drawers: readonly BoardDrawer[];
}

/** Many updates as one block that can be handed over without being copied. */
export interface PackedUpdates {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly lengths: readonly number[];
}

/** What the main loop tells a worker; handled in order. */
export type ToWorker =
  | { readonly kind: "load"; readonly document: string; readonly updates: PackedUpdates }
  | { readonly kind: "unload"; readonly document: string }
  | {
      readonly kind: "open";
      readonly connection: ConnectionNumber;
      readonly document: string;
      readonly mayDraw: boolean;
      readonly author: BoardAuthor;
    }
  | { readonly kind: "rights"; readonly connection: ConnectionNumber; readonly mayDraw: boolean }
  | { readonly kind: "frame"; readonly connection: ConnectionNumber; readonly frame: Uint8Array }
  | { readonly kind: "close"; readonly connection: ConnectionNumber }
  /** Asks for the whole document as one update. */
  | { readonly kind: "whole"; readonly document: string }
  /**
   * Takes what these Yjs clients drew from the document, if it is open; told as any edit, by `merged`, and then
   * by `erased`.
   */
  | {
      readonly kind: "erase";
      readonly token: number;
      readonly document: string;
      readonly clients: readonly number[];
    }
  /** Asks for `erased`: a log without what these Yjs clients drew. The document need not be open. */
  | {
      readonly kind: "eraseLog";
      readonly token: number;
      readonly updates: PackedUpdates;
      readonly clients: readonly number[];
    }
  /** Asks for `settled` when everything that came before is merged and told. */
  | { readonly kind: "settle"; readonly token: number }
  /** Asks for `pong` at once. */
  | { readonly kind: "ping" };

/** Why an edit was not taken (SPEC B5). */
export type RefusalCode = Extract<ErrorCode, "drawing_locked" | "bad_update" | "document_full">;

/** What a worker tells the main loop; in the order in which it happened. */
export type FromWorker =
  /** Frames for one connection, each to be sent when the one before has left. */
  | {
      readonly kind: "send";
      readonly connection: ConnectionNumber;
      readonly frames: readonly Uint8Array[];
    }
  /** Merged into the document: to be logged, and sent to all of its connections. */
  | ({ readonly kind: "merged"; readonly document: string } & MergedUpdate)
  | {
      readonly kind: "refused";
      readonly connection: ConnectionNumber;
      readonly code: RefusalCode;
    }
  /** All that the connection's client had is in the document, and was told by `merged` before this. */
  | { readonly kind: "copied"; readonly connection: ConnectionNumber }
  /** The connection kept the worker busy for longer than is its share. */
  | { readonly kind: "overspent"; readonly connection: ConnectionNumber }
  /** The connection failed: its peer is to come again. */
  | { readonly kind: "failed"; readonly connection: ConnectionNumber }
  /** The document cannot be trusted any more: all of its peers are to come again. */
  | { readonly kind: "broke"; readonly document: string }
  | {
      readonly kind: "whole";
      readonly document: string;
      readonly update: Uint8Array<ArrayBuffer>;
    }
  /** `update`: the log that was asked for; null when it cannot be read whole, or none was asked for. */
  | {
      readonly kind: "erased";
      readonly token: number;
      readonly update: Uint8Array<ArrayBuffer> | null;
    }
  | { readonly kind: "settled"; readonly token: number }
  /** All that was merged has been told; the document can be loaded again. */
  | { readonly kind: "unloaded"; readonly document: string }
  | { readonly kind: "pong" }
  | { readonly kind: "complaint"; readonly message: string };

/** What one document may take. */
export interface DocumentLimits {
  readonly maxBytes: number;
  /** Structs in memory: a struct takes far more there than its few bytes on the wire. */
  readonly maxPieces: number;
}

/** Data that a worker starts with. */
export interface WorkerStart {
  /** One 32-bit integer: the connection on whose behalf the worker is at work, else 0. */
  readonly blamed: SharedArrayBuffer;
  readonly limits: DocumentLimits;
}

/** Packs updates into one block. */
export function packUpdates(updates: readonly Uint8Array[]): PackedUpdates {
  const bytes = new Uint8Array(updates.reduce((sum, update) => sum + update.length, 0));
  let offset = 0;
  for (const update of updates) {
    bytes.set(update, offset);
    offset += update.length;
  }
  return { bytes, lengths: updates.map((update) => update.length) };
}

/** The updates of a block, as views into it. */
export function unpackUpdates({ bytes, lengths }: PackedUpdates): Uint8Array[] {
  let offset = 0;
  return lengths.map((length) => bytes.subarray(offset, (offset += length)));
}
