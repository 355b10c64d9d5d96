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

const problems: ReadonlyMap<string, MediaProblem> = new Map([
  ["NotAllowedError", "denied"],
  ["SecurityError", "denied"],
  ["NotFoundError", "not_found"],
  ["NotReadableError", "in_use"],
  ["AbortError", "in_use"],
  ["OverconstrainedError", "unsuitable"],
  ["InsecureContextError", "insecure"],
  ["NotSupportedError", "unsupported"],
  ["TypeError", "unsupported"],
]);

/**
 * The problem that an error of `getUserMedia` or `getDisplayMedia` stands for (W3C Media Capture and
 * Streams, MediaDevices). `InsecureContextError` is a name of ours: there, browsers give no API that could throw.
 */
export function describeMediaError(error: unknown): MediaProblem {
  const problem = problems.get(errorName(error)) ?? "unknown";
  return problem === "denied" && error instanceof Error ? denial(error.message) : problem;
}

/** The `name` of whatever was thrown: older engines throw objects that are no `Error`. */
export function errorName(error: unknown): string {
  const isNamed = typeof error === "object" && error !== null && "name" in error;
  return isNamed && typeof error.name === "string" ? error.name : "";
}

/** Chromium tells apart in the message what the standard's one name does not. */
function denial(message: string): MediaProblem {
  if (/dismissed/i.test(message)) return "dismissed";
  return /system/i.test(message) ? "denied_by_system" : "denied";
}
