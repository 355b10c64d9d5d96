import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { boardRoots, strokePieces } from "./documentLayout.ts";

const bytes = (...values: number[]) => new Uint8Array(values);

describe("strokePieces", () => {
  it("gives the points of a finished stroke, else the ink of one being drawn", () => {
    const roots = boardRoots(new Y.Doc());
    roots.ink.set("shape:a", Y.Array.from([bytes(4), bytes(5)]));
    expect(strokePieces(roots, "shape:a")).toEqual([bytes(4), bytes(5)]);
    roots.points.set("shape:a", bytes(1));
    expect(strokePieces(roots, "shape:a")).toEqual([bytes(1)]);
  });

  it("gives nothing for what is missing, of another kind, or longer than any stroke", () => {
    const roots = boardRoots(new Y.Doc());
    expect(strokePieces(roots, "shape:none")).toEqual([]);
    roots.points.set("shape:text", "no bytes");
    roots.ink.set("shape:map", new Y.Map());
    roots.ink.set("shape:odd", Y.Array.from(["x", bytes(7)]));
    roots.ink.set("shape:long", Y.Array.from(Array.from({ length: 20_000 }, () => bytes(4))));
    expect(strokePieces(roots, "shape:text")).toEqual([]);
    expect(strokePieces(roots, "shape:map")).toEqual([]);
    expect(strokePieces(roots, "shape:odd")).toEqual([bytes(7)]);
    expect(strokePieces(roots, "shape:long")).toEqual([]);
  });
});
