import { ApiProblem } from "../../api/ApiProblem.ts";

const maxBytes = 256 * 1024;
/** The longer side, tried in turn until the file is small enough. */
const sidesPx = [512, 384, 256, 128];

/**
 * A picture as a logo: small, whole, transparent where it was, as WebP or where the browser makes none as PNG;
 * without what a camera or a program wrote into the file. @throws ApiProblem too_large when it cannot be made small
 */
export async function encodeLogo(picture: ImageBitmap): Promise<Blob> {
  for (const sidePx of sidesPx) {
    const blob = await toBlob(draw(picture, sidePx));
    if (blob !== null && blob.size <= maxBytes) return blob;
  }
  throw new ApiProblem("too_large");
}

function draw(picture: ImageBitmap, sidePx: number): HTMLCanvasElement {
  const scale = Math.min(1, sidePx / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (context === null) return canvas;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function toBlob(canvas: HTMLCanvasElement): Promise<Blob | null> {
  return new Promise((resolve) => {
    canvas.toBlob(resolve, "image/webp", 0.92);
  });
}
