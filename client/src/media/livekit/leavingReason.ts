import type { ErrorCode } from "@darasa/protocol";
import type { DisconnectReason } from "livekit-client";

/**
 * `livekit_models.proto#DisconnectReason`, the values after which coming back is wrong. By their numbers, so that to
 * know them loads nothing.
 */
const finalReasons: Readonly<Partial<Record<number, ErrorCode>>> = {
  // DUPLICATE_IDENTITY: the same person came in by another window. To fight for the place helps nobody.
  2: "conflict",
  // PARTICIPANT_REMOVED
  4: "removed",
};

/**
 * Why one may not come back after LiveKit ended the connection for that reason; null where one may. The end of a room
 * is such a case: whether its class goes on is for the API to say. Pure.
 */
export function refusalAfter(reason: DisconnectReason | undefined): ErrorCode | null {
  return finalReasons[reason ?? 0] ?? null;
}
