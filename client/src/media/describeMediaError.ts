/** Why a microphone, a camera or a screen could not be had. */
export type MediaProblem =
  /** The person, or an earlier answer that the browser remembers, said no. */
  | "denied"
  /** The operating system keeps the browser from the device. */
  | "denied_by_system"
  /** The browser's question was closed without an answer. */
  | "dismissed"
  | "not_found"
  /** Another program holds the device, or its driver failed. */
  | "in_use"
  /** The chosen device cannot do what was asked, mostly because it is gone. */
  | "unsuitable"
  /** The page was not loaded over HTTPS, where browsers give out no devices. */
  | "insecure"
  /** This browser cannot do it at all, such as sharing a screen on a phone. */
  | "unsupported"
  /** The device stopped by itself: unplugged, or taken back in the browser's own controls. */
  | "ended"
  | "unknown";

/** The problem that an error of `getUserMedia` or `getDisplayMedia` stands for (W3C Media Capture §10.3). */
export function describeMediaError(error: unknown): MediaProblem {
  if (!(error instanceof Error)) return "unknown";
  switch (error.name) {
    case "NotAllowedError":
    case "SecurityError":
      return denial(error.message);
    case "NotFoundError":
      return "not_found";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    case "OverconstrainedError":
      return "unsuitable";
    case "NotSupportedError":
    case "TypeError":
      return "unsupported";
    default:
      return "unknown";
  }
}

/** Chromium tells apart in the message what the standard's one name does not. */
function denial(message: string): MediaProblem {
  if (/dismissed/i.test(message)) return "dismissed";
  return /system/i.test(message) ? "denied_by_system" : "denied";
}
