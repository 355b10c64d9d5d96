import type { SessionId } from "@darasa/protocol";

/**
 * True for the side of a pair that makes every offer (SPEC V4). Offers from both sides would have to be
 * rolled back; after two crossing restarts Chromium decodes frames that it no longer paints.
 */
export function isOfferer(own: SessionId, other: SessionId): boolean {
  return own > other;
}
