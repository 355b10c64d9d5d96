import type { Result } from "../errorCodes.ts";
import { isRichText, isShortText } from "./richText.ts";

/** What may stand on a board: tldraw's shape types, without those that load something from elsewhere. */
export const shapeTypes = [
  "arrow",
  "draw",
  "frame",
  "geo",
  "group",
  "highlight",
  "line",
  "note",
  "text",
] as const;

/** Shapes whose points stand in `points` or `ink`, not in the record. */
export const strokeTypes: readonly string[] = ["draw", "highlight"];

export const recordLimits = {
  /** Characters of a record as JSON, roughly. */
  maxSize: 256 * 1024,
  maxDepth: 24,
  maxNumber: 1e7,
  /** A frame in a group in a frame …: deeper than this is nobody's drawing. */
  maxAncestors: 64,
} as const;

/** A tldraw record as it stands in `records`: JSON, and for strokes without `props.segments`. */
export interface BoardRecord {
  readonly id: string;
  readonly typeName: "shape" | "binding";
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

const recordId = /^(shape|binding):[\w-]{1,64}$/;
const parentId = /^(shape|page):[\w-]{1,64}$/;

/**
 * Whether what stands under `key` can be shown without harm to the one who looks. It is not a check of
 * tldraw's whole schema: the editor does that next, with tldraw's own validators, record by record.
 */
export function checkRecord(key: string, value: unknown): Result<BoardRecord> {
  const isGood = isObject(value) && isNamed(key, value) && isBounded(value) && isKnown(value);
  return isGood ? { ok: true, value: value as BoardRecord } : refused;
}

/**
 * Whether a shape is its own ancestor, or lies deeper than anything drawn does: following the parents of
 * such a shape hangs the editor.
 */
export function hasAncestorCycle(
  id: string,
  parentOf: (id: string) => string | undefined,
): boolean {
  let ancestor = parentOf(id);
  for (let depth = 0; depth < recordLimits.maxAncestors; depth += 1) {
    if (ancestor === undefined) return false;
    if (ancestor === id) return true;
    ancestor = parentOf(ancestor);
  }
  return true;
}

const refused = { ok: false, error: "bad_update" } as const;

function isNamed(key: string, value: Plain): boolean {
  const typeName = recordId.exec(key)?.[1];
  return typeName !== undefined && value["id"] === key && value["typeName"] === typeName;
}

function isKnown(value: Plain): boolean {
  const props = value["props"];
  if (!isObject(props)) return false;
  return value["typeName"] === "shape" ? isShape(value, props) : isBinding(value);
}

function isShape(value: Plain, props: Plain): boolean {
  const type = value["type"];
  if (typeof type !== "string" || !shapeTypes.some((known) => known === type)) return false;
  const parent = value["parentId"];
  if (typeof parent !== "string" || !parentId.test(parent)) return false;
  return hasGoodTexts(props);
}

/** A shape's text, an arrow's label, a frame's name. */
function hasGoodTexts(props: Plain): boolean {
  const plain = [props["text"], props["name"]];
  return (
    (props["richText"] === undefined || isRichText(props["richText"])) &&
    plain.every((text) => typeof text !== "string" || isShortText(text))
  );
}

function isBinding(value: Plain): boolean {
  const [from, to] = [value["fromId"], value["toId"]];
  return (
    value["type"] === "arrow" &&
    typeof from === "string" &&
    recordId.test(from) &&
    typeof to === "string" &&
    recordId.test(to)
  );
}

/** JSON, not too deep, not too large, and no number that nobody can draw to. */
function isBounded(value: Plain): boolean {
  let left: number = recordLimits.maxSize;
  const visit = (part: unknown, depth: number): boolean => {
    left -= typeof part === "string" ? part.length + 3 : 6;
    if (left < 0 || depth > recordLimits.maxDepth) return false;
    if (Array.isArray(part)) return part.every((item) => visit(item, depth + 1));
    if (isObject(part)) {
      return Object.entries(part).every(([name, item]) => {
        left -= name.length;
        return visit(item, depth + 1);
      });
    }
    return isScalar(part);
  };
  return visit(value, 0);
}

function isScalar(part: unknown): boolean {
  if (typeof part === "number") return Math.abs(part) <= recordLimits.maxNumber;
  return part === null || typeof part === "string" || typeof part === "boolean";
}

type Plain = Readonly<Record<string, unknown>>;

/** A plain object: what else Yjs can carry (bytes, dates, classes) has another prototype. */
function isObject(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
