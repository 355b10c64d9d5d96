/** Pixels of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** The square of a picture that is shown: its middle in pixels, and how many times larger than the whole. */
export interface Crop {
  readonly centreX: number;
  readonly centreY: number;
  /** 1 shows as much as a square can; at most `maxZoom`. */
  readonly zoom: number;
}

/** A square of a picture in its pixels. */
export interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

export const maxZoom = 5;

/** The largest square, in the middle; a little above it in an upright picture, where faces are. */
export function startCrop(size: PictureSize): Crop {
  const isUpright = size.height > size.width;
  const centreY = isUpright ? size.height * 0.42 : size.height / 2;
  return inside(size, { centreX: size.width / 2, centreY, zoom: 1 });
}

/** The square that a crop means; always inside the picture. */
export function cropSquare(size: PictureSize, crop: Crop): Square {
  const side = Math.min(size.width, size.height) / crop.zoom;
  return { x: crop.centreX - side / 2, y: crop.centreY - side / 2, side };
}

/** The crop after the picture was moved under it; `right` and `down` are parts of the square's side. */
export function moveCrop(
  size: PictureSize,
  crop: Crop,
  moved: { readonly right: number; readonly down: number },
): Crop {
  const { side } = cropSquare(size, crop);
  return inside(size, {
    ...crop,
    centreX: crop.centreX - moved.right * side,
    centreY: crop.centreY - moved.down * side,
  });
}

/** The crop with another zoom and, as far as the picture's edges allow, the same middle. */
export function zoomCrop(size: PictureSize, crop: Crop, zoom: number): Crop {
  return inside(size, { ...crop, zoom: between(1, zoom, maxZoom) });
}

function inside(size: PictureSize, crop: Crop): Crop {
  const half = Math.min(size.width, size.height) / crop.zoom / 2;
  return {
    zoom: crop.zoom,
    centreX: between(half, crop.centreX, size.width - half),
    centreY: between(half, crop.centreY, size.height - half),
  };
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
