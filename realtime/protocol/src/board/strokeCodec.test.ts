import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createInkWriter,
  decodeStroke,
  encodeStroke,
  strokeLimits,
  type StrokeOptions,
  type StrokeSegment,
} from "./strokeCodec.ts";

const options: StrokeOptions = { resolution: 4, pressure: true };

const coordinate = fc.integer({ min: -1_600_000, max: 1_600_000 }).map((units) => units / 16);
const pressure = fc.integer({ min: 0, max: 125 }).map((hundredths) => hundredths / 100);
const point = fc.record({ x: coordinate, y: coordinate, z: pressure });
const segment = fc.record({
  type: fc.constantFrom("free" as const, "straight" as const),
  points: fc.array(point, { minLength: 1, maxLength: 30 }),
});
const stroke = fc.array(segment, { maxLength: 6 });

/** What comes back: an empty stroke has no segments, and -0 is 0. */
function decoded(...pieces: Uint8Array[]): StrokeSegment[] {
  const result = decodeStroke(...pieces);
  if (!result.ok) throw new Error("the stroke was refused");
  return result.value;
}

describe("strokeCodec", () => {
  it("gives back every stroke whose points lie on the grid", () => {
    fc.assert(
      fc.property(stroke, (segments) => {
        expect(decoded(encodeStroke(segments, options))).toEqual(segments);
      }),
    );
  });

  it("rounds to the grid and no further", () => {
    const rough = fc.double({ min: -1e5, max: 1e5, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.record({ x: rough, y: rough, z: pressure }), { minLength: 1 }),
        (points) => {
          const [segment] = decoded(encodeStroke([{ type: "free", points }], options));
          points.forEach((original, index) => {
            expect(Math.abs((segment?.points[index]?.x ?? NaN) - original.x)).toBeLessThanOrEqual(
              1 / 32,
            );
            expect(Math.abs((segment?.points[index]?.y ?? NaN) - original.y)).toBeLessThanOrEqual(
              1 / 32,
            );
          });
        },
      ),
    );
  });

  it("gives the newest state from pieces, whatever changed between them", () => {
    fc.assert(
      fc.property(fc.array(stroke, { minLength: 1, maxLength: 8 }), (states) => {
        const writer = createInkWriter(options);
        const pieces = states
          .map((state) => writer.append(state))
          .filter((piece) => piece !== null);
        expect(decoded(...pieces)).toEqual(states.at(-1));
      }),
    );
  });

  it("appends only what is new while a stroke grows", () => {
    const points = Array.from({ length: 100 }, (_, index) => ({
      x: index * 3,
      y: index * 2,
      z: 0.5,
    }));
    const writer = createInkWriter({ resolution: 4, pressure: false });
    const sizes = points.map((_, index) => {
      const grown: StrokeSegment[] = [{ type: "free", points: points.slice(0, index + 1) }];
      return writer.append(grown)?.length ?? 0;
    });
    expect(sizes.slice(1).every((size) => size <= 4)).toBe(true);
    expect(writer.append([{ type: "free", points }])).toBeNull();
  });

  it("replaces the last point of a straight segment without repeating the others", () => {
    const from = { x: 0, y: 0, z: 0.5 };
    const writer = createInkWriter({ resolution: 4, pressure: false });
    const first = writer.append([{ type: "straight", points: [from, { x: 10, y: 0, z: 0.5 }] }]);
    const second = writer.append([{ type: "straight", points: [from, { x: 40, y: 5, z: 0.5 }] }]);
    expect(second?.length).toBeLessThanOrEqual(7);
    expect(decoded(...[first, second].filter((piece) => piece instanceof Uint8Array))).toEqual([
      { type: "straight", points: [from, { x: 40, y: 5, z: 0.5 }] },
    ]);
  });

  it("takes at most 3 bytes a point for handwriting", () => {
    const points = Array.from({ length: 500 }, (_, index) => ({
      x: 300 * Math.sin(index / 25) + index,
      y: 200 * Math.cos(index / 18),
      z: 0.5,
    }));
    const bytes = encodeStroke([{ type: "free", points }], { resolution: 4, pressure: false });
    expect(bytes.length / points.length).toBeLessThanOrEqual(3);
  });

  it("never throws on any bytes and never gives what lies beyond the limits", () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (pieces) => {
        const result = decodeStroke(...pieces);
        if (!result.ok) return;
        const all = result.value.flatMap(({ points }) => points);
        expect(all.length).toBeLessThanOrEqual(strokeLimits.maxPoints);
        expect(all.every(({ x, y }) => Math.abs(x) <= 1e7 && Math.abs(y) <= 1e7)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("refuses mutations of real strokes or reads them as strokes, and never throws", () => {
    fc.assert(
      fc.property(stroke, fc.nat(), fc.integer({ min: 1, max: 255 }), (segments, place, flip) => {
        const bytes = encodeStroke(segments, options);
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ flip;
        expect(() => decodeStroke(bytes)).not.toThrow();
        expect(() => decodeStroke(bytes.subarray(0, at))).not.toThrow();
      }),
    );
  });

  it("refuses a run that claims more points than its bytes can hold", () => {
    expect(decodeStroke(new Uint8Array([4, 0xfc, 0xff, 0x03, 1, 1])).ok).toBe(false);
    expect(decodeStroke(new Uint8Array([])).ok).toBe(false);
  });
});
