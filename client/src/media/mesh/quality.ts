/** What one sender may send to one person. */
export interface VideoQuality {
  readonly heightPixels: number;
  readonly framesPerSecond: number;
  readonly maxBitsPerSecond: number;
}

/** Opus at this rate is clear speech; music is not what a class sends. */
export const maxMicrophoneBitsPerSecond = 32_000;

/**
 * How good a camera may be with that many people in the mesh, oneself included. Everybody uploads once
 * per other person, so the sum of what one sends stays at about 1 Mbit/s.
 */
export function cameraQuality(peopleCount: number): VideoQuality {
  if (peopleCount <= 2) return quality(360, 24, 800_000);
  if (peopleCount === 3) return quality(360, 20, 500_000);
  if (peopleCount === 4) return quality(270, 15, 320_000);
  if (peopleCount === 5) return quality(216, 15, 220_000);
  return quality(180, 12, 160_000);
}

/** A shared screen keeps its pixels, since text must be read, and gives up frames instead. */
export function screenQuality(peopleCount: number): VideoQuality {
  if (peopleCount <= 2) return quality(1080, 12, 1_500_000);
  if (peopleCount <= 4) return quality(1080, 8, 700_000);
  return quality(720, 5, 400_000);
}

/** What `scaleResolutionDownBy` must be for a source of that height; never below 1, which would enlarge. */
export function scaleDownBy(
  sourceHeightPixels: number | undefined,
  targetHeightPixels: number,
): number {
  if (sourceHeightPixels === undefined) return 1;
  return Math.max(1, sourceHeightPixels / targetHeightPixels);
}

function quality(
  heightPixels: number,
  framesPerSecond: number,
  maxBitsPerSecond: number,
): VideoQuality {
  return { heightPixels, framesPerSecond, maxBitsPerSecond };
}
