import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { gridLayout, type TileRect } from "./gridLayout.ts";

const space = (widthPixels: number, heightPixels: number) => ({
  widthPixels,
  heightPixels,
  gapPixels: 8,
});

const columns = (tiles: readonly TileRect[]): number =>
  tiles.filter((tile) => tile.topPixels === tiles[0]?.topPixels).length;

function overlap(left: TileRect, right: TileRect): boolean {
  return (
    left.leftPixels < right.leftPixels + right.widthPixels &&
    right.leftPixels < left.leftPixels + left.widthPixels &&
    left.topPixels < right.topPixels + right.heightPixels &&
    right.topPixels < left.topPixels + left.heightPixels
  );
}

describe("gridLayout", () => {
  it.each([
    [1, 1200, 700, 1],
    [2, 1200, 500, 2],
    [2, 360, 600, 1],
    [4, 1200, 700, 2],
    [6, 1200, 600, 3],
    [6, 360, 560, 2],
  ])("puts %i equal tiles into %i × %i in %i columns", (count, width, height, expected) => {
    expect(columns(gridLayout(count, null, space(width, height)))).toBe(expected);
  });

  it("puts what is left for the last row into its middle", () => {
    const tiles = gridLayout(3, null, space(800, 600));
    const [first, second, last] = tiles as [TileRect, TileRect, TileRect];
    expect(last.leftPixels).toBeGreaterThan(first.leftPixels);
    expect(last.leftPixels).toBeLessThan(second.leftPixels);
  });

  it("gives the featured tile most of the room and keeps everybody's place in the order", () => {
    const tiles = gridLayout(4, 2, space(1200, 600));
    const areas = tiles.map((tile) => tile.widthPixels * tile.heightPixels);
    expect(areas.indexOf(Math.max(...areas))).toBe(2);
    expect(areas[2]).toBeGreaterThan(1200 * 600 * 0.6);
    const [first, second, , last] = tiles as [TileRect, TileRect, TileRect, TileRect];
    expect(first.topPixels).toBeLessThan(second.topPixels);
    expect(second.topPixels).toBeLessThan(last.topPixels);
  });

  it("puts the small ones below the large one on a phone", () => {
    const [large, small] = gridLayout(3, 0, space(360, 560)) as [TileRect, TileRect, TileRect];
    expect(small.topPixels).toBeGreaterThan(large.heightPixels);
  });

  it("lets no tile stick out, and none lie over another", () => {
    const size = fc.integer({ min: 200, max: 3000 });
    const count = fc.integer({ min: 1, max: 12 });
    const featured = fc.option(fc.nat(), { nil: null });
    fc.assert(
      fc.property(count, featured, size, size, (tileCount, index, width, height) => {
        const at = index === null ? null : index % tileCount;
        const tiles = gridLayout(tileCount, at, space(width, height));
        expect(tiles).toHaveLength(tileCount);
        for (const tile of tiles) {
          expect(tile.leftPixels + tile.widthPixels).toBeLessThanOrEqual(width);
          expect(tile.topPixels + tile.heightPixels).toBeLessThanOrEqual(height);
        }
        for (const [place, tile] of tiles.entries())
          for (const other of tiles.slice(place + 1)) expect(overlap(tile, other)).toBe(false);
      }),
    );
  });
});
