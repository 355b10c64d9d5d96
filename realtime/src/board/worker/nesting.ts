import * as Y from "yjs";

/** Deeper than this nothing that anybody means to keep is nested; Yjs recurses when it deletes. */
const maxDepth = 16;

type Struct = Y.Item | Y.GC | Y.Skip;
type FindItem = (id: Y.ID) => Y.Item | null;

/** Whether the structs put shared types into one another deeper than `maxDepth`, counting what is there. */
export function isNestedTooDeep(document: Y.Doc, structs: readonly Struct[]): boolean {
  const items = structs.filter((struct) => struct instanceof Y.Item);
  const types = items.filter(({ content }) => content instanceof Y.ContentType);
  if (types.length === 0) return false;
  const depths = new Map<Y.Item, number>();
  const find = findIn(document, items);
  return types.some((item) => depthOf(item, depths, find) > maxDepth);
}

/** Finds what is arriving, else what is in the document, by any of the ids that it spans. */
function findIn(document: Y.Doc, arriving: readonly Y.Item[]): FindItem {
  const byClient = Map.groupBy(arriving, ({ id }) => id.client);
  return (id) => {
    const items = byClient.get(id.client) ?? [];
    const found = items[lastAtOrBefore(items, id.clock)];
    if (found !== undefined && id.clock < found.id.clock + found.length) return found;
    if (id.clock >= Y.getState(document.store, id.client)) return null;
    const known: unknown = Y.getItem(document.store, id);
    return known instanceof Y.Item ? known : null;
  };
}

/** The place of the last item that begins at or before `clock`; -1 when none does. */
function lastAtOrBefore(items: readonly Y.Item[], clock: number): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.id.clock ?? Infinity) <= clock) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** How many types the item lies in. An item that does not name its parent has its neighbour's. */
function depthOf(item: Y.Item, depths: Map<Y.Item, number>, find: FindItem): number {
  const path = new Set<Y.Item>();
  let current: Y.Item | null = item;
  let depth: number | undefined;
  while (current !== null && depth === undefined) {
    if (path.has(current)) return Infinity;
    depth = depths.get(current) ?? integratedDepth(current);
    if (depth !== undefined) break;
    path.add(current);
    current = aboveOrBeside(current, find);
  }
  let sum = depth ?? 0;
  for (const step of [...path].reverse()) {
    if (parentIdOf(step) !== null) sum += 1;
    depths.set(step, sum);
  }
  return sum;
}

function parentIdOf({ parent }: Y.Item): Y.ID | null {
  const known: unknown = parent;
  return known instanceof Y.ID ? known : null;
}

function aboveOrBeside(item: Y.Item, find: FindItem): Y.Item | null {
  const next = parentIdOf(item) ?? item.origin ?? item.rightOrigin;
  return next === null ? null : find(next);
}

/** Of an item that is merged, or that names a root as its parent; undefined of others. */
function integratedDepth({ parent }: Y.Item): number | undefined {
  if (typeof parent === "string") return 1;
  if (!(parent instanceof Y.AbstractType)) return undefined;
  let depth = 1;
  for (let above = parent._item; above !== null && depth <= maxDepth; depth += 1) {
    const next: unknown = above.parent;
    above = next instanceof Y.AbstractType ? next._item : null;
  }
  return depth;
}
