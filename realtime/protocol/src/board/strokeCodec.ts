import type { Result } from "../errorCodes.ts";
import { readVarInt, readVarUint, writeVarInt, writeVarUint, type ByteReader } from "./varint.ts";

/**
 * Strokes as bytes. Format 0: one header byte (bits 0–3 resolution, bit 4 pressure, bits 5–7 format), then
 * runs. A run begins with a varuint `count * 4 + kind`; kinds 0 to 2 (goes on, new free segment, new straight
 * segment) are followed by `count` points: varint x, y in units of 2^-resolution px and, with pressure, z in
 * hundredths, each as the difference to where the pen was expected. It is expected to go on as it went
 * between the last two points of the segment; where there are not two, to stay; and at first at 0. Kind 3
 * takes the last `count` points away again. What is appended to a stroke being drawn is again such runs, so
 * that the concatenation of its pieces is a stroke.
 */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  /** Pressure, 0.5 where the device knows none. */
  readonly z: number;
}

export interface StrokeSegment {
  readonly type: "free" | "straight";
  readonly points: readonly StrokePoint[];
}

export interface StrokeOptions {
  /** Units per px as a power of two, 0 to 15: 4 keeps a sixteenth of a px. */
  readonly resolution: number;
  /** Whether z is worth keeping: only pens know it. */
  readonly pressure: boolean;
}

export const strokeLimits = {
  /** Points of one stroke; tldraw itself begins a new one after some hundreds. */
  maxPoints: 20_000,
  maxSegments: 2_000,
  /** Greater coordinates are nowhere that a person can go. */
  maxCoordinate: 1e7,
} as const;

const formatVersion = 0;
const noPressure = 0.5;
const pressureUnits = 100;

const runKind = { continued: 0, free: 1, straight: 2, dropped: 3 } as const;

interface UnitPoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

interface UnitSegment {
  readonly type: StrokeSegment["type"];
  readonly points: UnitPoint[];
}

const origin: UnitPoint = { x: 0, y: 0, z: 0 };

/** The whole stroke as bytes. */
export function encodeStroke(
  segments: readonly StrokeSegment[],
  options: StrokeOptions,
): Uint8Array {
  return createInkWriter(options).append(segments) ?? new Uint8Array([header(options)]);
}

/** Writes a stroke piece by piece while it is being drawn. */
export interface InkWriter {
  /** The bytes that turn what was appended so far into `segments`; null when they say the same already. */
  append(segments: readonly StrokeSegment[]): Uint8Array | null;
}

/** A writer whose first piece begins with the header. */
export function createInkWriter(options: StrokeOptions): InkWriter {
  let written: UnitSegment[] = [];
  let isBegun = false;
  return {
    append(segments) {
      const wanted = segments
        .filter((segment) => segment.points.length > 0)
        .map((segment) => toUnits(segment, options));
      const out: number[] = isBegun ? [] : [header(options)];
      writeChange(out, { written, wanted, pressure: options.pressure });
      if (out.length === 0) return null;
      isBegun = true;
      written = wanted;
      return new Uint8Array(out);
    },
  };
}

/** The stroke that these pieces make together. Never throws; at most `maxPoints` are read. */
export function decodeStroke(...pieces: readonly Uint8Array[]): Result<StrokeSegment[]> {
  const bytes = concatenate(pieces);
  const first = bytes[0];
  if (first === undefined || first >> 5 !== formatVersion) return refused;
  const reader: ByteReader = { bytes, offset: 1 };
  const options = { resolution: first & 15, pressure: (first & 16) !== 0 };
  const segments: UnitSegment[] = [];
  while (reader.offset < bytes.length) {
    if (!readRun(reader, segments, options.pressure)) return refused;
  }
  const isSmall = segments.length <= strokeLimits.maxSegments && fits(segments, options);
  if (!isSmall) return refused;
  return { ok: true, value: segments.map((segment) => fromUnits(segment, options)) };
}

const refused = { ok: false, error: "bad_update" } as const;

function header(options: StrokeOptions): number {
  return (formatVersion << 5) | (options.pressure ? 16 : 0) | options.resolution;
}

function toUnits(segment: StrokeSegment, options: StrokeOptions): UnitSegment {
  const perPx = 2 ** options.resolution;
  const points = segment.points.map((point) => ({
    x: Math.round(point.x * perPx),
    y: Math.round(point.y * perPx),
    z: options.pressure ? Math.round(point.z * pressureUnits) : 0,
  }));
  return { type: segment.type, points };
}

function fromUnits(segment: UnitSegment, options: StrokeOptions): StrokeSegment {
  const perPx = 2 ** options.resolution;
  const points = segment.points.map(({ x, y, z }) => ({
    x: x / perPx,
    y: y / perPx,
    z: options.pressure ? z / pressureUnits : noPressure,
  }));
  return { type: segment.type, points };
}

function writeChange(
  out: number[],
  change: { written: UnitSegment[]; wanted: UnitSegment[]; pressure: boolean },
): void {
  const { written, wanted, pressure } = change;
  const kept = commonPrefix(written, wanted);
  const stale = written
    .map((segment, index) => segment.points.length - (kept[index] ?? 0))
    .reduce((sum, count) => sum + count, 0);
  if (stale > 0) writeVarUint(out, stale * 4 + runKind.dropped);
  let last = lastKept(wanted, kept);
  wanted.forEach((segment, index) => {
    const keptPoints = kept[index] ?? 0;
    const added = segment.points.slice(keptPoints);
    if (added.length === 0) return;
    const kind = keptPoints > 0 ? runKind.continued : runKind[segment.type];
    writeVarUint(out, added.length * 4 + kind);
    added.forEach((point, offset) => {
      const expected = expectNext(segment.points, keptPoints + offset, last);
      writeVarInt(out, point.x - expected.x);
      writeVarInt(out, point.y - expected.y);
      if (pressure) writeVarInt(out, point.z - last.z);
      last = point;
    });
  });
}

/** Where the point at `index` is expected, `last` being the one before it, perhaps of another segment. */
function expectNext(
  points: readonly UnitPoint[],
  index: number,
  last: UnitPoint,
): { readonly x: number; readonly y: number } {
  const [before, previous] = [points[index - 2], points[index - 1]];
  if (before === undefined || previous === undefined) return last;
  return { x: 2 * previous.x - before.x, y: 2 * previous.y - before.y };
}

/** How many leading points of each segment are the same in both; nothing counts after the first difference. */
function commonPrefix(before: readonly UnitSegment[], after: readonly UnitSegment[]): number[] {
  const kept: number[] = [];
  for (const [index, old] of before.entries()) {
    const now = after[index];
    if (now?.type !== old.type) break;
    const same = sameLength(old.points, now.points);
    if (same === 0) break;
    kept.push(same);
    const isWhole = same === old.points.length && same === now.points.length;
    if (!isWhole) break;
  }
  return kept;
}

function sameLength(before: readonly UnitPoint[], after: readonly UnitPoint[]): number {
  const difference = before.findIndex((point, index) => !isSame(point, after[index]));
  return difference === -1 ? before.length : difference;
}

function isSame(a: UnitPoint, b: UnitPoint | undefined): boolean {
  return b !== undefined && a.x === b.x && a.y === b.y && a.z === b.z;
}

function lastKept(segments: readonly UnitSegment[], kept: readonly number[]): UnitPoint {
  const index = kept.length - 1;
  return segments[index]?.points[(kept[index] ?? 0) - 1] ?? origin;
}

function readRun(reader: ByteReader, segments: UnitSegment[], pressure: boolean): boolean {
  const word = readVarUint(reader);
  const count = Math.floor(word / 4);
  // A point takes two bytes at least: what cannot be there is not waited for.
  const isPossible = count > 0 && count <= strokeLimits.maxPoints;
  if (!isPossible) return false;
  const kind = word % 4;
  if (kind === runKind.dropped) return dropPoints(segments, count);
  if (count * 2 > reader.bytes.length - reader.offset) return false;
  const previous = segments.at(-1)?.points.at(-1) ?? origin;
  const target = kind === runKind.continued ? segments.at(-1) : beginSegment(segments, kind);
  return target !== undefined && readPoints(reader, target.points, { count, previous, pressure });
}

function beginSegment(segments: UnitSegment[], kind: number): UnitSegment {
  const segment: UnitSegment = {
    type: kind === runKind.straight ? "straight" : "free",
    points: [],
  };
  segments.push(segment);
  return segment;
}

function dropPoints(segments: UnitSegment[], count: number): boolean {
  let left = count;
  while (left > 0) {
    const segment = segments.at(-1);
    if (segment === undefined) return false;
    const dropped = Math.min(left, segment.points.length);
    segment.points.length -= dropped;
    left -= dropped;
    if (segment.points.length === 0) segments.pop();
  }
  return true;
}

function readPoints(
  reader: ByteReader,
  points: UnitPoint[],
  run: { count: number; previous: UnitPoint; pressure: boolean },
): boolean {
  let last = run.previous;
  for (let index = 0; index < run.count; index += 1) {
    const expected = expectNext(points, points.length, last);
    const x = expected.x + readVarInt(reader);
    const y = expected.y + readVarInt(reader);
    const z = last.z + (run.pressure ? readVarInt(reader) : 0);
    // Else what comes after would be expected nowhere.
    if (!Number.isSafeInteger(x) || !Number.isSafeInteger(y)) return false;
    last = { x, y, z };
    points.push(last);
  }
  return Number.isSafeInteger(last.z);
}

function fits(segments: readonly UnitSegment[], options: StrokeOptions): boolean {
  const limit = strokeLimits.maxCoordinate * 2 ** options.resolution;
  let points = 0;
  for (const segment of segments) {
    points += segment.points.length;
    const isInside = segment.points.every(
      ({ x, y, z }) => Math.abs(x) <= limit && Math.abs(y) <= limit && Math.abs(z) <= 1_000,
    );
    if (!isInside) return false;
  }
  return points <= strokeLimits.maxPoints;
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  if (pieces.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}
