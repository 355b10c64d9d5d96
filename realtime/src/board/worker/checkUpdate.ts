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

/**
 * `incomplete`: it can be read, but it stands beside or in something that is not there. Yjs would park it, without
 * a bound and without a word.
 */
export type UpdateVerdict =
  | { readonly kind: "whole"; readonly update: CheckedUpdate }
  | { readonly kind: "incomplete" }
  | { readonly kind: "bad" };

/** Greater clocks than these are nobody's work. */
const maxClock = 2 ** 32;

/** Inserts of one frame at one place: so many take some 100 ms. */
const maxAtOnePlace = 500;

type Struct = Y.Item | Y.GC | Y.Skip;

/**
 * Judges an update before anything of it is applied: some nonsense makes Yjs throw with half of the work
 * done. At most `maxPieces`.
 */
export function checkUpdate(document: Y.Doc, update: Uint8Array, maxPieces: number): UpdateVerdict {
  const decoded = decode(update);
  if (decoded === null) return bad;
  const { structs } = decoded;
  const extent = updateExtent(decoded);
  const pieces = structs.length + extent.deletes.length * 2;
  if (pieces > maxPieces || !isSane(structs) || isCrowded(structs)) return bad;
  const knowledge = knowledgeAfter(document, extent);
  const isWhole =
    continuesWhatIsKnown(document, structs) &&
    structs.every((struct) => hasKnownNeighbours(struct, knowledge)) &&
    extent.deletes.every(([client, clock, length]) => clock + length <= knowledge(client));
  if (!isWhole) return { kind: "incomplete" };
  if (isNestedTooDeep(document, structs)) return bad;
  const grows = structs.length > 0;
  return { kind: "whole", update: { bytes: update.length, pieces, grows, extent } };
}

const bad: UpdateVerdict = { kind: "bad" };

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  try {
    return Y.decodeUpdate(update);
  } catch {
    return null;
  }
}

/** Each client's structs stand in one row without a hole, none is of a kind that has no place on a board. */
function isSane(structs: readonly Struct[]): boolean {
  const seen = new Set<number>();
  let previous: Struct | null = null;
  for (const struct of structs) {
    if (struct instanceof Y.Skip || isSubdocument(struct) || pointsForward(struct)) return false;
    const { client, clock } = struct.id;
    const isNext: boolean = previous?.id.client === client;
    if (isNext ? previous !== null && clock !== endOf(previous) : seen.has(client)) return false;
    if (!(endOf(struct) <= maxClock)) return false;
    seen.add(client);
    previous = struct;
  }
  return true;
}

function endOf({ id, length }: Struct): number {
  return id.clock + length;
}

/** A document within a document brings its sender's options with it. */
function isSubdocument(struct: Struct): boolean {
  return struct instanceof Y.Item && struct.content instanceof Y.ContentDoc;
}

/** To stand beside what the same client made later makes Yjs throw. */
function pointsForward(struct: Struct): boolean {
  return neighboursOf(struct).some(
    ({ client, clock }) => client === struct.id.client && clock >= struct.id.clock,
  );
}

function neighboursOf(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return [];
  const parent: unknown = struct.parent;
  return [struct.origin, struct.rightOrigin, parent].filter((id) => id instanceof Y.ID);
}

/** Whether so many are put at one place that Yjs, which compares each with each there, would take minutes. */
function isCrowded(structs: readonly Struct[]): boolean {
  const counts = new Map<string, number>();
  return structs.some((struct) => {
    if (!(struct instanceof Y.Item) || continuesItself(struct)) return false;
    const { origin, parentSub } = struct;
    const parent: unknown = struct.parent;
    const inside = parent instanceof Y.ID ? keyOf(parent) : String(parent);
    const place = `${origin === null ? "" : keyOf(origin)}|${inside}|${parentSub ?? ""}`;
    const count = (counts.get(place) ?? 0) + 1;
    counts.set(place, count);
    return count > maxAtOnePlace;
  });
}

/** The usual case: what is written after what the same client wrote just before. */
function continuesItself({ id, origin }: Y.Item): boolean {
  return origin?.client === id.client && origin.clock === id.clock - 1;
}

function keyOf({ client, clock }: Y.ID): string {
  return `${client}:${clock}`;
}

/** For a client the clock up to which everything will be there once the update is merged. */
function knowledgeAfter(document: Y.Doc, { clocks }: UpdateExtent): (client: number) => number {
  return (client) => Math.max(clocks.get(client) ?? 0, Y.getState(document.store, client));
}

function continuesWhatIsKnown(document: Y.Doc, structs: readonly Struct[]): boolean {
  let client: number | null = null;
  return structs.every(({ id }) => {
    const isFirst = id.client !== client;
    client = id.client;
    return !isFirst || id.clock <= Y.getState(document.store, id.client);
  });
}

function hasKnownNeighbours(struct: Struct, knowledge: (client: number) => number): boolean {
  return neighboursOf(struct).every(({ client, clock }) => clock < knowledge(client));
}
