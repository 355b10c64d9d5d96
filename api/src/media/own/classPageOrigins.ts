import type { SchoolId } from "@darasa/protocol";
import type { Services } from "../../services.ts";
import { loadMediaServers } from "../mediaServers.ts";
import { mediaOrigins, type MediaOrigins } from "../mediaOrigins.ts";

const classPage = /^\/class\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/?$/;

/**
 * What the page at that path may reach beside the operator's servers: those of the school's own, for the page of a
 * class that is not over. Null for every other path, and where it cannot be found out: the class then has what
 * everybody has. Never rejects.
 */
export async function classPageOrigins(
  services: Services,
  path: string,
): Promise<MediaOrigins | null> {
  const id = classPage.exec(path)?.[1];
  if (id === undefined) return null;
  try {
    const schoolId = await services.database.findSchoolWithOwnMedia(id);
    if (schoolId === null) return null;
    const { livekit, jitsi } = await services.database.inSchool(schoolId, (tx) =>
      loadMediaServers(services, tx, schoolId as SchoolId),
    );
    const { config } = services;
    return mediaOrigins({ ...config, LIVEKIT_URL: livekit?.url, JITSI_DOMAIN: jitsi?.domain });
  } catch (error) {
    services.log("warn", "could not look which media servers a class's page may reach", { error });
    return null;
  }
}
