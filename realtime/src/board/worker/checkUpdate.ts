import type { Result } from "@darasa/protocol";
import * as Y from "yjs";
import type { UpdateExtent } from "../workerMessages.ts";
import { isNestedTooDeep } from "./nesting.ts";
import { updateExtent } from "./updateExtent.ts";

/** An update that can be merged whole, and what that will cost. */
export interface CheckedUpdate {
  readonly bytes: number;
  /** New things in memory: structs, and two for each range deleted, since a deletion may cut a struct. */
  readonly pieces: number;
  /** True when it adds something; mere deletions make a document smaller. */
  readonly grows: boolean;
  readonly extent: UpdateExtent;
}

/** Greater clocks than these are nobody's work. */
const maxClock = 2 ** 32;

type Struct = Y.Item | Y.GC | Y.Skip;

/**
 * Whether `update` can be read and merged into `document` completely. Yjs would park what depends on
 * something unknown, without a bound and without a word, and some nonsense makes it throw with half of the
 * work done; here such an update is `bad_update` before anything of it is applied. At most `maxPieces`.
 */
export function checkUpdate(
  document: Y.Doc,
  update: Uint8Array,
  maxPieces: number,
): Result<CheckedUpdate> {
  const decoded = decode(update);
  if (decoded === null) return refused;
  const extent = updateExtent(decoded);
  const pieces = decoded.structs.length + extent.deletes.length * 2;
  if (pieces > maxPieces) return refused;
  const order = readOrder(document, decoded.structs);
  if (order === null) return refused;
  const isWhole =
    decoded.structs.every((struct) => hasKnownNeighbours(struct, order)) &&
    extent.deletes.every(([client, clock, length]) => clock + length <= order.endOf(client));
  if (!isWhole || isNestedTooDeep(document, decoded.structs)) return refused;
  const checked = { bytes: update.length, pieces, grows: decoded.structs.length > 0, extent };
  return { ok: true, value: checked };
}

const refused = { ok: false, error: "bad_update" } as const;

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  try {
    return Y.decodeUpdate(update);
  } catch {
    return null;
  }
}

interface ClockOrder {
  /** Where the client's known structs end once the update is merged. */
  endOf(client: number): number;
}

/** Null unless every client's structs continue what is known of them, without a hole, once each. */
function readOrder(document: Y.Doc, structs: readonly Struct[]): ClockOrder | null {
  const ends = new Map<number, number>();
  let client: number | null = null;
  for (const struct of structs) {
    if (struct instanceof Y.Skip || isSubdocument(struct)) return null;
    const { id } = struct;
    const isNext = id.client === client;
    if (!isNext && ends.has(id.client)) return null;
    client = id.client;
    const expected = ends.get(client) ?? Y.getState(document.store, client);
    const end = id.clock + struct.length;
    const isJoined = isNext ? id.clock === expected : id.clock <= expected;
    if (!isJoined || !(end <= maxClock)) return null;
    ends.set(client, end);
  }
  const endOf = (known: number) =>
    Math.max(ends.get(known) ?? 0, Y.getState(document.store, known));
  return { endOf };
}

/** A document within a document brings its sender's options with it. */
function isSubdocument(struct: Struct): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentDoc;
}

/** Whether everything that the struct stands beside or in is there, and of its own client's, is older. */
function hasKnownNeighbours(struct: Struct, order: ClockOrder): boolean {
  if (!(struct instanceof Y.Item)) return true;
  const parent: unknown = struct.parent;
  const neighbours = [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null];
  return neighbours.every((neighbour) => {
    if (neighbour === null) return true;
    const end =
      neighbour.client === struct.id.client ? struct.id.clock : order.endOf(neighbour.client);
    return neighbour.clock < end;
  });
}
