import type { Recording } from "../api/api.ts";

/** What somebody should hear of a recording that is over; `well`: nothing. */
export type RecordingEnd = "saving" | "well" | "lost" | "lostPart" | "notBegun" | "brokeOff";

/** How a recording has ended; null while it has not. The worst is told alone. */
export function judgeEnd(
  recording: Pick<Recording, "state" | "lostParts" | "brokeOff">,
): RecordingEnd | null {
  const { state, lostParts, brokeOff } = recording;
  switch (state) {
    case "on":
    case "paused":
      return null;
    case "saving":
    case "lost":
      return state;
    case "failed":
      return brokeOff ? "notBegun" : "well";
    case "ready":
      if (lostParts > 0) return "lostPart";
      return brokeOff ? "brokeOff" : "well";
  }
}
