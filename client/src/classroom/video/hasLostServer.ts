import type { MediaState } from "../../media/createMedia.ts";

/** Refusals that say something of the server and nothing of the person. */
const ofServer: readonly MediaState["refusal"][] = [
  "unavailable",
  "video_unavailable",
  "video_not_set_up",
];

/** Is one without the media server that the class uses? Where none is used, or one is out by choice, it is not missed. Pure. */
export function hasLostServer({
  provider,
  status,
  refusal,
}: Pick<MediaState, "provider" | "status" | "refusal">): boolean {
  if (provider !== "livekit" && provider !== "jitsi") return false;
  if (status === "refused") return ofServer.includes(refusal);
  return status === "connecting" || status === "reconnecting";
}

/**
 * How long one may be without it before that is worth a word. A line that is back within a moment never was; Jitsi
 * opens a whole page of its own first, which takes its time. Pure.
 */
export function outagePatienceMs({
  provider,
  status,
}: Pick<MediaState, "provider" | "status">): number {
  return provider === "jitsi" && status === "connecting" ? 20_000 : 2_000;
}
