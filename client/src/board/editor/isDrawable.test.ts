import type { BoardRecord } from "@darasa/protocol/board";
import { describe, expect, it } from "vitest";
import { isDrawable, isDrawableStroke } from "./isDrawable.ts";

const shape = (type: string, props: Record<string, unknown>): BoardRecord => ({
  id: "shape:a",
  typeName: "shape",
  type,
  props,
});

describe("isDrawable", () => {
  it.each<[string, BoardRecord, boolean]>([
    ["a large frame", shape("frame", { w: 30_000, h: 20_000 }), true],
    ["a frame larger than a town", shape("frame", { w: 1e6, h: 10 }), false],
    ["an arrow bent out of sight", shape("arrow", { bend: -9e6, end: { x: 1, y: 1 } }), false],
    ["an arrow that ends out of sight", shape("arrow", { bend: 0, end: { x: 1, y: 1e6 } }), false],
    ["a line", shape("line", { points: { a: { x: 0, y: 0 }, b: { x: 1, y: 1 } } }), true],
    ["a line of one point", shape("line", { points: { a: { x: 0, y: 0 } } }), false],
    ["a line without points", shape("line", {}), false],
    ["a cloud", shape("geo", { geo: "cloud", w: 3_000, h: 200 }), true],
    ["a cloud as thin as a hair", shape("geo", { geo: "cloud", w: 3_000, h: 1 }), false],
    ["a cloud of nothing", shape("geo", { geo: "cloud", w: 3_000, h: 0 }), false],
    ["a thin rectangle", shape("geo", { geo: "rectangle", w: 3_000, h: 1 }), true],
  ])("%s: %s", (_name, record, isIt) => {
    expect(isDrawable(record)).toBe(isIt);
  });
});

describe("isDrawableStroke", () => {
  const through = (x: number) => [{ type: "free" as const, points: [{ x, y: 0, z: 0.5 }] }];

  it("wants points, and within reach", () => {
    expect(isDrawableStroke([])).toBe(false);
    expect(isDrawableStroke(through(5_000))).toBe(true);
    expect(isDrawableStroke(through(-1e6))).toBe(false);
  });
});
