import { z } from "@hono/zod-openapi";
import { videoProviders, type LiveClassId, type VideoProvider } from "@darasa/protocol";
import { authorizeLiveClassTeacher } from "../liveClasses/authorizeLiveClass.ts";
import type { UserCaller } from "../routing/access.ts";
import { loadSchoolSettings } from "../schools/loadSchoolSettings.ts";
import type { Services } from "../services.ts";
import { isSetUp, loadMediaServers, type MediaServers } from "./mediaServers.ts";
import { videoProviderSchema } from "./video.ts";

/** What could be seen and heard through, and whether that works. */
export const videoChoicesSchema = z
  .object({
    provider: videoProviderSchema.openapi({
      description: "What the class uses, or the school takes for a new one.",
    }),
    choices: z.array(
      z.object({
        provider: videoProviderSchema,
        isUp: z.boolean().openapi({ description: "Whether its server answers, as of 10 s ago." }),
        isOwn: z.boolean().openapi({ description: "Whether that server is the school's own." }),
      }),
    ),
  })
  .openapi("VideoChoices");

export type VideoChoices = z.infer<typeof videoChoicesSchema>;

/** The providers that are set up for a class's school. @throws DarasaError not_found, forbidden */
export async function describeVideo(
  services: Services,
  caller: UserCaller,
  id: LiveClassId,
): Promise<VideoChoices> {
  const { row, servers } = await services.database.inSchool(caller.schoolId, async (tx) => ({
    row: (await authorizeLiveClassTeacher(tx, caller, id)).row,
    servers: await loadMediaServers(services, tx, caller.schoolId),
  }));
  return { provider: row.videoProvider, choices: await listChoices(services, servers) };
}

/** The providers that are set up for new classes of the caller's school. */
export async function describeSchoolVideo(
  services: Services,
  caller: UserCaller,
): Promise<VideoChoices> {
  const { taken, servers } = await services.database.inSchool(caller.schoolId, async (tx) => ({
    taken: (await loadSchoolSettings(tx)).videoProvider,
    servers: await loadMediaServers(services, tx, caller.schoolId),
  }));
  const provider = isSetUp(servers, taken) ? taken : "mesh";
  return { provider, choices: await listChoices(services, servers) };
}

function listChoices(services: Services, servers: MediaServers): Promise<VideoChoices["choices"]> {
  const choices = videoProviders
    .filter((provider) => isSetUp(servers, provider))
    .map(async (provider) => ({
      provider,
      isUp: await isUp(services, servers, provider),
      isOwn: isOwn(servers, provider),
    }));
  return Promise.all(choices);
}

function isOwn({ livekit, jitsi }: MediaServers, provider: VideoProvider): boolean {
  return (provider === "livekit" ? livekit : provider === "jitsi" ? jitsi : null)?.isOwn === true;
}

/** Whether the provider's server answers; what needs none always does. Never rejects. */
export async function isUp(
  { media }: Pick<Services, "media">,
  { livekit, jitsi }: MediaServers,
  provider: VideoProvider,
): Promise<boolean> {
  switch (provider) {
    case "mesh":
    case "none":
      return true;
    case "livekit":
      return livekit !== null && (await media.isLiveKitUp(livekit));
    case "jitsi":
      return jitsi !== null && (await media.isJitsiUp(jitsi));
  }
}
