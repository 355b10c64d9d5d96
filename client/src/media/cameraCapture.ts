import type { VideoProvider } from "@darasa/protocol";

/** What a camera is opened with; nobody reopens it for another size. */
export interface CameraCapture {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly framesPerSecond: number;
}

/** Scaled down per sender. */
const mesh: CameraCapture = { width: 640, height: 360, framesPerSecond: 24 };

/**
 * Only those layers of it are encoded that somebody looks at (dynacast), so that a class of small tiles costs no more
 * than small tiles.
 */
const livekit: CameraCapture = { width: 960, height: 540, framesPerSecond: 24 };

/** The same before a class and in it: the camera that was tried out goes on into the class. */
export function cameraCaptureFor(provider: VideoProvider): CameraCapture {
  return provider === "livekit" ? livekit : mesh;
}
