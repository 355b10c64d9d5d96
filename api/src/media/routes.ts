import { z } from "@hono/zod-openapi";
import { route } from "../routing/route.ts";
import { liveClassIdSchema } from "../schema/ids.ts";
import { describeVideo, videoChoicesSchema } from "./describeVideo.ts";
import { receiveLiveKitWebhook } from "./livekit/receiveWebhook.ts";

/** What media servers tell, and what may be chosen among them. */
export const mediaRoutes = [
  route({
    method: "get",
    path: "/api/live-classes/{id}/video",
    access: "user",
    summary: "What a class could be seen and heard through. Teachers of the room.",
    params: z.object({ id: liveClassIdSchema }),
    reply: videoChoicesSchema,
    handle: (services, { caller, params: { id } }) => describeVideo(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/webhooks/livekit",
    access: "anonymous",
    limit: "webhook",
    summary:
      "What a LiveKit tells of its rooms, signed with its own key. What tells of no class here is taken and forgotten.",
    rawBody: ["application/webhook+json"],
    reply: z.object({ received: z.literal(true) }),
    handle: async (services, { bytes, http }) => {
      const authorization = http.req.header("authorization");
      await receiveLiveKitWebhook(services, { bytes, authorization });
      return { received: true as const };
    },
  }),
];
