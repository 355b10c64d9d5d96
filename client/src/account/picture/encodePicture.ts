import { ApiProblem } from "../../api/ApiProblem.ts";
import type { Square } from "./crop.ts";

const maxBytes = 256 * 1024;
/** A PNG of noise can be too large at the first of them. */
const sidesPx = [256, 192, 128];

/**
 * That square of a picture, small, as WebP or where the browser makes none as PNG. What a camera wrote into the
 * file (place, time, owner) is not in it. @throws ApiProblem too_large when it cannot be made small enough
 */
export async function encodePicture(picture: CanvasImageSource, square: Square): Promise<Blob> {
  for (const sidePx of sidesPx) {
    const blob = await toBlob(drawSquare(picture, square, sidePx));
    if (blob !== null && blob.size <= maxBytes) return blob;
  }
  throw new ApiProblem("too_large");
}

/** A new canvas of `sidePx` pixels a side that shows that square of a picture. */
export function drawSquare(
  picture: CanvasImageSource,
  { x, y, side }: Square,
  sidePx: number,
): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = sidePx;
  canvas.height = sidePx;
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, x, y, side, side, 0, 0, sidePx, sidePx);
  return canvas;
}

function toBlob(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/webp", 0.86);
  });
}
