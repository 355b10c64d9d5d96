import type { TrackKind } from "@darasa/protocol";
import { SignJWT } from "jose";
import { mediaRoomName } from "../media/mediaRoomName.ts";
import type { LiveKitServer } from "../media/mediaServers.ts";
import type { MediaSeat } from "../media/mediaSeat.ts";
import { mediaTokenLifetimeSeconds } from "../media/video.ts";

/** LiveKit gives no leeway to a beginning that lies ahead: clocks of two machines may be so far apart. */
const maxClockSkewSeconds = 60;

/** As LiveKit names what is sent (`TrackSource`, lower case). The sound of a shared screen belongs to it. */
const sourceNames = {
  microphone: ["microphone"],
  camera: ["camera"],
  screen: ["screen_share", "screen_share_audio"],
} as const satisfies Record<TrackKind, readonly string[]>;

/**
 * A token of 10 minutes for that class's room and no other: HS256, with the claims of
 * `livekit/protocol auth#ClaimGrants`. Nobody's browser gets more than to be there and to send what the seat says:
 * no moderation, no recording, no name of one's own choice. Teachers moderate through our server, which checks
 * and keeps account.
 */
export function signLiveKitToken(
  server: Pick<LiveKitServer, "apiKey" | "apiSecret">,
  seat: MediaSeat,
  nowMs: number,
): Promise<string> {
  const nowSeconds = Math.floor(nowMs / 1000);
  return new SignJWT({
    name: seat.name,
    metadata: JSON.stringify({ role: seat.role }),
    video: { roomJoin: true, room: mediaRoomName(seat), ...liveKitGrants(seat.sources) },
  })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .setIssuer(server.apiKey)
    .setSubject(seat.participantId)
    .setNotBefore(nowSeconds - maxClockSkewSeconds)
    .setExpirationTime(nowSeconds + mediaTokenLifetimeSeconds)
    .sign(Buffer.from(server.apiSecret.reveal()));
}

/** What LiveKit lets somebody do who may send these. An empty list of sources would mean all of them to it. */
export function liveKitGrants(sources: readonly TrackKind[]) {
  return {
    canSubscribe: true,
    canPublish: sources.length > 0,
    canPublishSources: sources.flatMap((kind) => sourceNames[kind]),
    canPublishData: false,
    canUpdateOwnMetadata: false,
  };
}
