/** A place on a picture, as fractions of its width and height from the upper left. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where a picture lies in the window, in CSS pixels, without the bars beside it. */
export interface PictureBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where a keyboard's pointer begins. */
export const middle: Place = { x: 0.5, y: 0.5 };

const stepFraction = 0.02;
const farStepFraction = 0.1;

const directions: ReadonlyMap<string, Place> = new Map([
  ["ArrowLeft", { x: -1, y: 0 }],
  ["ArrowRight", { x: 1, y: 0 }],
  ["ArrowUp", { x: 0, y: -1 }],
  ["ArrowDown", { x: 0, y: 1 }],
]);

/** The place on the picture under a press at these pixels of the window; null beside the picture. Pure. */
export function placeIn(
  picture: PictureBox,
  press: { readonly clientX: number; readonly clientY: number },
): Place | null {
  const x = (press.clientX - picture.left) / picture.width;
  const y = (press.clientY - picture.top) / picture.height;
  const isInside = x >= 0 && x <= 1 && y >= 0 && y <= 1;
  return isInside ? { x: rounded(x), y: rounded(y) } : null;
}

/** `place` after a key: an arrow moves it, with Shift farther, as far as the edge; null for other keys. Pure. */
export function movedPlace(
  { x, y }: Place,
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
): Place | null {
  const direction = directions.get(key);
  if (direction === undefined) return null;
  const step = shiftKey ? farStepFraction : stepFraction;
  return { x: onPicture(x + direction.x * step), y: onPicture(y + direction.y * step) };
}

function onPicture(fraction: number): number {
  return rounded(Math.min(1, Math.max(0, fraction)));
}

/** To less than a pixel of most screens: it goes out several times a second, also over thin lines. */
function rounded(fraction: number): number {
  return Math.round(fraction * 10_000) / 10_000;
}
