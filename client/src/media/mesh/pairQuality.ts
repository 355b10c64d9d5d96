import type { LineQuality, PersonConnection } from "../provider.ts";
import type { MediaStatistics } from "../statistics.ts";

/** Speech gets holes from about here. */
const poorLossFraction = 0.05;
/** People begin to talk over each other. */
const poorRoundTripMs = 400;

/** How well a pair carries, by its connection and its last statistics. Pure. */
export function pairQuality(
  connection: PersonConnection,
  { lossFraction, roundTripMs }: Pick<MediaStatistics, "lossFraction" | "roundTripMs">,
): LineQuality {
  if (connection === "lost" || connection === "failed") return "lost";
  const isPoor = (lossFraction ?? 0) > poorLossFraction || (roundTripMs ?? 0) > poorRoundTripMs;
  return isPoor ? "poor" : "good";
}
