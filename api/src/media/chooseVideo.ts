import { DarasaError, limits, type ParticipantId, type VideoProvider } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { makeTurnCredentials } from "../tokens/makeTurnCredentials.ts";
import { signLiveKitToken } from "../tokens/signLiveKitToken.ts";
import { jitsiVideo } from "./jitsi/jitsiVideo.ts";
import type { LiveKitServer, MediaServers } from "./mediaServers.ts";
import type { MediaSeat } from "./mediaSeat.ts";
import { mediaTokenLifetimeSeconds, type IceServer, type Video } from "./video.ts";

interface Choice {
  readonly provider: VideoProvider;
  readonly servers: MediaServers;
  readonly seat: MediaSeat;
}

/**
 * How the class sees and hears each other through that provider, with credentials of the person's own. Whether they
 * may be there at all was asked before.
 * @throws DarasaError video_not_set_up
 */
export async function chooseVideo(
  services: Pick<Services, "config" | "now">,
  { provider, servers, seat }: Choice,
): Promise<Video> {
  switch (provider) {
    case "none":
      return { provider };
    case "mesh":
      return meshVideo(services, seat.participantId);
    case "livekit":
      return liveKitVideo(services, setUp(servers.livekit), seat);
    case "jitsi":
      return jitsiVideo(services, setUp(servers.jitsi), seat);
  }
}

function setUp<Server>(server: Server | null): Server {
  if (server === null) throw new DarasaError("video_not_set_up");
  return server;
}

async function liveKitVideo(
  { now }: Pick<Services, "now">,
  server: LiveKitServer,
  seat: MediaSeat,
): Promise<Video> {
  return {
    provider: "livekit",
    url: server.url,
    token: await signLiveKitToken(server, seat, now()),
    expiresInSeconds: mediaTokenLifetimeSeconds,
  };
}

function meshVideo(
  services: Pick<Services, "config" | "now">,
  participantId: ParticipantId,
): Video {
  return {
    provider: "mesh",
    iceServers: [
      ...services.config.ICE_SERVERS.map(plainServer),
      ...turnServers(services, participantId),
    ],
    maxMembers: limits.maxMeshMembers,
  };
}

function turnServers(
  { config, now }: Pick<Services, "config" | "now">,
  participantId: ParticipantId,
): IceServer[] {
  if (!config.TURN_URL || !config.TURN_SECRET) return [];
  const secret = config.TURN_SECRET.reveal();
  return [
    { urls: config.TURN_URL, ...makeTurnCredentials({ secret, participantId, nowMs: now() }) },
  ];
}

function plainServer({ urls, username, credential }: Services["config"]["ICE_SERVERS"][number]) {
  return {
    urls,
    ...(username === undefined ? {} : { username }),
    ...(credential === undefined ? {} : { credential }),
  };
}
