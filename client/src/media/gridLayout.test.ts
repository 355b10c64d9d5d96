import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import { gridLayout, stageLayout } from "./gridLayout.ts";

const space = (widthPixels: number, heightPixels: number) => ({
  widthPixels,
  heightPixels,
  gapPixels: 8,
});

describe("gridLayout", () => {
  it.each([
    [1, 1200, 700, 1],
    [2, 1200, 500, 2],
    [2, 360, 600, 1],
    [4, 1200, 700, 2],
    [6, 1200, 600, 3],
    [6, 360, 560, 2],
  ])("puts %i tiles into %i × %i in %i columns", (count, width, height, columns) => {
    expect(gridLayout(count, space(width, height)).columns).toBe(columns);
  });

  it("never lets a tile stick out", () => {
    const size = fc.integer({ min: 0, max: 3000 });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), size, size, (count, width, height) => {
        const { columns, tileWidthPixels, tileHeightPixels } = gridLayout(
          count,
          space(width, height),
        );
        const rows = Math.ceil(count / columns);
        if (tileWidthPixels === 0) return;
        expect(columns * tileWidthPixels + (columns - 1) * 8).toBeLessThanOrEqual(width);
        expect(rows * tileHeightPixels + (rows - 1) * 8).toBeLessThanOrEqual(height);
      }),
    );
  });
});

describe("stageLayout", () => {
  it("puts the small tiles beside in a wide space and below in a tall one", () => {
    expect(stageLayout(space(1400, 500)).side).toBe("beside");
    expect(stageLayout(space(360, 560)).side).toBe("below");
  });

  it("keeps small tiles recognisable and the large one large", () => {
    for (const [width, height] of [
      [320, 400],
      [1440, 900],
      [2560, 600],
    ] as const) {
      const { smallWidthPixels } = stageLayout(space(width, height));
      expect(smallWidthPixels).toBeGreaterThanOrEqual(112);
      expect(smallWidthPixels).toBeLessThanOrEqual(224);
    }
  });
});
