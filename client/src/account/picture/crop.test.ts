import { describe, expect, it } from "vitest";
import { cropSquare, moveCrop, startCrop, zoomCrop } from "./crop.ts";

const upright = { width: 600, height: 1000 };
const wide = { width: 1000, height: 600 };

describe("the crop of a picture", () => {
  it("begins with as much as a square can show, near the face", () => {
    expect(cropSquare(wide, startCrop(wide))).toEqual({ x: 200, y: 0, side: 600 });
    expect(cropSquare(upright, startCrop(upright))).toEqual({ x: 0, y: 120, side: 600 });
  });

  it("follows the hand that drags the picture", () => {
    const moved = moveCrop(wide, startCrop(wide), { right: 0.1, down: 0 });
    expect(cropSquare(wide, moved)).toEqual({ x: 140, y: 0, side: 600 });
  });

  it.each([
    [{ right: 9, down: 9 }, 0, 0],
    [{ right: -9, down: -9 }, 700, 300],
  ])("never leaves the picture: %j", (by, x, y) => {
    const crop = moveCrop(wide, zoomCrop(wide, startCrop(wide), 2), by);
    expect(cropSquare(wide, crop)).toEqual({ x, y, side: 300 });
  });

  it("comes back inside when it grows at an edge", () => {
    const atEdge = moveCrop(wide, zoomCrop(wide, startCrop(wide), 5), { right: -99, down: 0 });
    expect(cropSquare(wide, zoomCrop(wide, atEdge, 1))).toEqual({ x: 400, y: 0, side: 600 });
  });

  it("grows and shrinks within bounds", () => {
    expect(zoomCrop(wide, startCrop(wide), 0.1).zoom).toBe(1);
    expect(zoomCrop(wide, startCrop(wide), 99).zoom).toBe(5);
  });
});
