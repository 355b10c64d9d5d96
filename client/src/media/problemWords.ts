import type { TextKey } from "../i18n/catalogue.ts";
import type { MediaProblem } from "./describeMediaError.ts";
import type { LocalTrack } from "./provider.ts";

/** Browsers hide the same switch in different places. */
export type BrowserFamily = "chromium" | "firefox" | "safari" | "other";

/** What to say of a problem, to be filled with `{device}`, and what to do about it. */
export interface ProblemWords {
  readonly text: TextKey;
  readonly device: TextKey;
  readonly help: TextKey;
}

/** The family that a `navigator.userAgent` belongs to. On iOS every browser is Safari inside. */
export function browserFamily(userAgent: string): BrowserFamily {
  if (/iPhone|iPad|iPod/.test(userAgent)) return "safari";
  if (/Firefox\//.test(userAgent)) return "firefox";
  if (/Chrom(e|ium)\//.test(userAgent)) return "chromium";
  return /Safari\//.test(userAgent) ? "safari" : "other";
}

/** The words for one problem of one device. */
export function problemWords(
  device: "microphone" | "camera" | "both" | "screen",
  problem: MediaProblem,
  family: BrowserFamily,
): ProblemWords {
  return {
    text: `media.problem.${problem}`,
    device: `media.device.${device}`,
    help: problem === "denied" ? `media.help.denied.${family}` : `media.help.${problem}`,
  };
}

/** The words for what keeps microphone and camera off; said once where it is the same for both. */
export function deviceProblems(
  tracks: { readonly microphone: LocalTrack; readonly camera: LocalTrack },
  family: BrowserFamily,
): readonly ProblemWords[] {
  const camera = tracks.camera.problem;
  const microphone = tracks.microphone.problem;
  if (camera !== null && camera === microphone) return [problemWords("both", camera, family)];
  const found: ProblemWords[] = [];
  if (camera !== null) found.push(problemWords("camera", camera, family));
  if (microphone !== null) found.push(problemWords("microphone", microphone, family));
  return found;
}

/**
 * The words for a screen that could not be shared, or null: to close the browser's own dialog without
 * choosing is no problem that one needs to be told of.
 */
export function screenProblem(screen: LocalTrack, family: BrowserFamily): ProblemWords | null {
  const { problem } = screen;
  const isOwnWish = problem === "denied" || problem === "dismissed";
  return problem === null || isOwnWish ? null : problemWords("screen", problem, family);
}
