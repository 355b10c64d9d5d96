/** Steps of what is asked for, so that a window that is drawn larger does not ask at every pixel. */
const stepPixels = 160;
/** Finer than this nobody sees it, whatever the screen says of itself. */
const maxPixelRatio = 2;

/** How wide a picture is asked for that is shown in so many CSS pixels; 0 where it is not shown. Pure. */
export function wantedWidth(shownPixels: number, pixelRatio: number): number {
  const pixels = shownPixels * Math.min(maxPixelRatio, Math.max(1, pixelRatio));
  return Math.ceil(pixels / stepPixels) * stepPixels;
}
