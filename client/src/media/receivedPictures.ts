import type { ConnectionMode } from "@darasa/protocol";

/** How much of a picture somebody takes: nothing, the smallest that there is, or as much as is shown. */
export type PictureShare = "none" | "small" | "shown";

/** How much of another's pictures is taken in that mode. Pure. */
export function receivedPictures(
  mode: ConnectionMode,
  isTeacher: boolean,
): Readonly<Record<"camera" | "screen", PictureShare>> {
  switch (mode) {
    case "full":
      return { camera: "shown", screen: "shown" };
    case "lite":
      return { camera: isTeacher ? "small" : "none", screen: "small" };
    case "audio":
    case "text":
      return { camera: "none", screen: "none" };
  }
}

/** May one's own pictures be sent in that mode? Pure. */
export function sendsPictures(mode: ConnectionMode): boolean {
  return mode === "full" || mode === "lite";
}
