import type { BoardRecord, StrokeSegment } from "@darasa/protocol/board";

/** Measures of anything on a board, in px: greater ones are nobody's drawing, and drawing them takes seconds. */
const maxMeasure = 1e5;
/** The bumps of a cloud: the editor draws as many as its shorter side fits around it. */
const maxBumps = 1_000;

/**
 * Whether the editor can draw the record in reasonable time. Its own validators take any number, and let lines through
 * that have no two points.
 */
export function isDrawable(record: BoardRecord): boolean {
  if (!isMeasured(record.props)) return false;
  switch (record.type) {
    case "line":
      return isObject(record.props["points"]) && Object.keys(record.props["points"]).length >= 2;
    case "geo":
      return record.props["geo"] !== "cloud" || hasFewBumps(record.props);
    default:
      return true;
  }
}

/** The same for the points of a stroke: without any the editor dies. */
export function isDrawableStroke(segments: readonly StrokeSegment[]): boolean {
  return (
    segments.length > 0 &&
    segments.every(({ points }) =>
      points.every(({ x, y }) => Math.abs(x) <= maxMeasure && Math.abs(y) <= maxMeasure),
    )
  );
}

/** Sizes, bends, ends, wherever they stand: but a text is not measured in px. */
function isMeasured(part: unknown): boolean {
  if (typeof part === "number") return Math.abs(part) <= maxMeasure;
  return !isObject(part) || Object.values(part).every(isMeasured);
}

function hasFewBumps({ w, h }: Readonly<Record<string, unknown>>): boolean {
  if (typeof w !== "number" || typeof h !== "number") return false;
  const shortest = Math.min(w, h);
  return shortest > 0 && (2 * (w + h)) / shortest <= maxBumps;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
