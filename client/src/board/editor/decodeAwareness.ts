import {
  awarenessLimits,
  type AwarenessCursor,
  type AwarenessState,
  type AwarenessUser,
} from "@darasa/protocol/board";

/** Somebody's awareness state; null when it is none of ours. What is odd in it is left out. */
export function decodeAwareness(value: unknown): AwarenessState | null {
  if (!isObject(value)) return null;
  const user = decodeUser(value["user"]);
  if (user === null) return null;
  return {
    user,
    cursor: decodeCursor(value["cursor"]),
    selected: decodeSelected(value["selected"]),
  };
}

type Plain = Readonly<Record<string, unknown>>;

const colorPattern = /^#[0-9a-f]{6}$/i;
const shapePattern = /^shape:[\w-]{1,64}$/;
const farthest = 1e7;

function decodeUser(value: unknown): AwarenessUser | null {
  if (!isObject(value)) return null;
  const { id, name, color } = value;
  if (typeof id !== "string" || typeof name !== "string" || typeof color !== "string") return null;
  return colorPattern.test(color) ? { id, name, color } : null;
}

function decodeCursor(value: unknown): AwarenessCursor | null {
  if (!isObject(value)) return null;
  const { x, y, type } = value;
  if (!isPlace(x) || !isPlace(y)) return null;
  return { x, y, type: typeof type === "string" ? type : "default" };
}

function decodeSelected(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  const ids = value.filter((id): id is string => typeof id === "string" && shapePattern.test(id));
  return ids.slice(0, awarenessLimits.maxSelected);
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Math.abs(value) <= farthest;
}

function isObject(value: unknown): value is Plain {
  return typeof value === "object" && value !== null;
}
