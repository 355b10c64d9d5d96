import { checkRecord, recordLimits, type BoardRecord } from "@darasa/protocol/board";
import type * as Y from "yjs";

/** Where a shape stands within its parent; turned by `rotation` radians. */
interface Place {
  readonly parentId: string;
  readonly x: number;
  readonly y: number;
  readonly rotation: number;
}

/** Puts shapes whose frame or group is about to go into what that stands in, at the same place of the page. */
export function liftChildren(records: Y.Map<unknown>, leaving: ReadonlySet<string>): void {
  for (const [key, value] of [...records]) {
    if (leaving.has(key)) continue;
    const shape = readShape(key, value);
    const place = shape && placeOf(shape);
    if (!place || !leaving.has(place.parentId)) continue;
    const lifted = lift(records, leaving, place);
    if (lifted !== null) records.set(key, { ...shape, ...lifted });
  }
}

/** Null when that leads nowhere: such a shape was never shown. */
function lift(records: Y.Map<unknown>, leaving: ReadonlySet<string>, start: Place): Place | null {
  let place = start;
  for (let depth = 0; depth < recordLimits.maxAncestors; depth += 1) {
    if (!leaving.has(place.parentId)) return place;
    const parent = readShape(place.parentId, records.get(place.parentId));
    const outer = parent && placeOf(parent);
    if (!outer) return null;
    place = combine(outer, place);
  }
  return null;
}

function combine(outer: Place, inner: Place): Place {
  const [cos, sin] = [Math.cos(outer.rotation), Math.sin(outer.rotation)];
  return {
    parentId: outer.parentId,
    x: outer.x + inner.x * cos - inner.y * sin,
    y: outer.y + inner.x * sin + inner.y * cos,
    rotation: outer.rotation + inner.rotation,
  };
}

function readShape(key: string, value: unknown): BoardRecord | null {
  const checked = checkRecord(key, value);
  return checked.ok && checked.value.typeName === "shape" ? checked.value : null;
}

function placeOf(shape: BoardRecord): Place | null {
  const { parentId, x, y, rotation } = shape as Partial<Record<keyof Place, unknown>>;
  const isPlaced =
    typeof parentId === "string" &&
    typeof x === "number" &&
    typeof y === "number" &&
    typeof rotation === "number";
  return isPlaced ? { parentId, x, y, rotation } : null;
}
