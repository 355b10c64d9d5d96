import { z } from "@hono/zod-openapi";
import { pinSchema } from "../guests/pin.ts";
import { videoProviderSchema, videoSchema } from "../media/video.ts";
import { route } from "../routing/route.ts";
import { displayTextSchema } from "../schema/displayText.ts";
import { liveClassIdSchema, roomIdSchema } from "../schema/ids.ts";
import { timeMsInputSchema, timeMsQuerySchema } from "../schema/timeMs.ts";
import { changeLiveClass } from "./changeLiveClass.ts";
import { createLiveClass } from "./createLiveClass.ts";
import { endLiveClass } from "./endLiveClass.ts";
import { getLiveClass } from "./getLiveClass.ts";
import { joinLiveClass } from "./joinLiveClass.ts";
import { joinedSchema } from "./joined.ts";
import { listLiveClasses } from "./listLiveClasses.ts";
import { liveClassSchema } from "./liveClass.ts";
import { renewVideo } from "./renewVideo.ts";
import { startLiveClass } from "./startLiveClass.ts";

const params = z.object({ id: liveClassIdSchema });
const title = displayTextSchema(120);

/** Live classes from being planned to being over. */
export const liveClassRoutes = [
  route({
    method: "get",
    path: "/api/live-classes",
    access: "user",
    summary:
      "Those that start within the window (default: a day either way), and all running ones.",
    query: z.object({ from: timeMsQuerySchema.optional(), to: timeMsQuerySchema.optional() }),
    reply: z.object({ liveClasses: z.array(liveClassSchema) }).openapi("LiveClasses"),
    handle: async (services, { caller, query }) => ({
      liveClasses: await listLiveClasses(services, caller, query),
    }),
  }),
  route({
    method: "post",
    path: "/api/live-classes",
    access: "user",
    summary: "Plan a live class and give it its code. Teachers of the room.",
    body: z
      .object({
        roomId: roomIdSchema,
        title,
        startsAtMs: timeMsInputSchema.optional(),
        videoProvider: videoProviderSchema
          .optional()
          .openapi({ description: "What the school takes, when it is left out." }),
      })
      .openapi("NewLiveClass"),
    reply: liveClassSchema,
    handle: (services, { caller, body }) => createLiveClass(services, caller, body),
  }),
  route({
    method: "get",
    path: "/api/live-classes/{id}",
    access: "signedIn",
    summary: "One live class.",
    params,
    reply: liveClassSchema,
    handle: (services, { caller, params: { id } }) => getLiveClass(services, caller, id),
  }),
  route({
    method: "patch",
    path: "/api/live-classes/{id}",
    access: "user",
    summary:
      "Change what was planned, until it starts, or the PIN and the video, until it ends. Teachers of the room.",
    params,
    body: z
      .object({
        title: title.optional(),
        startsAtMs: timeMsInputSchema.optional(),
        videoProvider: videoProviderSchema.optional(),
        pin: pinSchema
          .nullable()
          .optional()
          .openapi({ description: "What guests are asked for; null for nothing." }),
      })
      .openapi("LiveClassChange"),
    reply: liveClassSchema,
    handle: (services, { caller, params: { id }, body }) =>
      changeLiveClass(services, caller, { id, ...body }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/start",
    access: "user",
    summary: "Start it; nothing happens when it runs already. Teachers of the room.",
    params,
    reply: liveClassSchema,
    handle: (services, { caller, params: { id } }) => startLiveClass(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/join",
    access: "signedIn",
    summary: "Be let into a running live class, with everything the classroom needs.",
    params,
    reply: joinedSchema,
    handle: (services, { caller, params: { id } }) => joinLiveClass(services, caller, id),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/video-token",
    access: "signedIn",
    summary: "What joining says of video, with a fresh token. Those who have joined.",
    params,
    body: z.object({ provider: videoProviderSchema }).openapi("VideoTokenRequest"),
    reply: videoSchema,
    handle: (services, { caller, params: { id }, body }) =>
      renewVideo(services, caller, { id, ...body }),
  }),
  route({
    method: "post",
    path: "/api/live-classes/{id}/end",
    access: "user",
    summary: "End it for everybody; nothing happens when it is over already. Teachers of the room.",
    params,
    reply: liveClassSchema,
    handle: (services, { caller, params: { id } }) => endLiveClass(services, caller, id),
  }),
];
