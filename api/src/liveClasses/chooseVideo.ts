import { limits, type ParticipantId } from "@darasa/protocol";
import type { Services } from "../services.ts";
import { makeTurnCredentials } from "../tokens/makeTurnCredentials.ts";
import type { IceServer, Video } from "./joined.ts";
import type { LiveClassRow } from "./store.ts";

/** How the class sees and hears each other; a mesh comes with its servers and credentials of the person's own. */
export function chooseVideo(
  services: Pick<Services, "config" | "now">,
  provider: LiveClassRow["videoProvider"],
  participantId: ParticipantId,
): Video {
  switch (provider) {
    case "none":
      return { provider };
    case "mesh":
      return {
        provider,
        iceServers: [
          ...services.config.ICE_SERVERS.map(plainServer),
          ...turnServers(services, participantId),
        ],
        maxMembers: limits.maxMeshMembers,
      };
  }
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
