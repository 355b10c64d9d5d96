import { z } from "@hono/zod-openapi";
import { route } from "../../routing/route.ts";
import { describeSchoolVideo, videoChoicesSchema } from "../describeVideo.ts";
import { checkServer, serverCheckSchema } from "./checkServer.ts";
import {
  jitsiInputSchema,
  liveKitInputSchema,
  ownServersSchema,
  serverKindSchema,
} from "./ownServers.ts";
import { getOwnServers, removeOwnServer, setOwnJitsi, setOwnLiveKit } from "./setOwnServers.ts";

const params = z.object({ kind: serverKindSchema });

/** The media servers of a school's own. */
export const ownServerRoutes = [
  route({
    method: "get",
    path: "/api/school/video",
    access: "user",
    summary: "What new classes of the school could be seen and heard through.",
    reply: videoChoicesSchema,
    handle: (services, { caller }) => describeSchoolVideo(services, caller),
  }),
  route({
    method: "get",
    path: "/api/school/media-servers",
    access: "school.configure",
    summary: "The school's own media servers; their secrets are never told.",
    reply: ownServersSchema,
    handle: (services, { caller }) => getOwnServers(services, caller),
  }),
  route({
    method: "put",
    path: "/api/school/media-servers/livekit",
    access: "school.configure",
    summary: "Use a LiveKit of the school's own.",
    body: liveKitInputSchema,
    reply: ownServersSchema,
    handle: (services, { caller, body }) => setOwnLiveKit(services, caller, body),
  }),
  route({
    method: "put",
    path: "/api/school/media-servers/jitsi",
    access: "school.configure",
    summary: "Use a Jitsi of the school's own; in production one that the operator allows.",
    body: jitsiInputSchema,
    reply: ownServersSchema,
    handle: (services, { caller, body }) => setOwnJitsi(services, caller, body),
  }),
  ...serverKindSchema.options.map((kind) =>
    route({
      method: "delete",
      path: `/api/school/media-servers/${kind}`,
      access: "school.configure",
      summary: "Do without a media server of the school's own.",
      reply: ownServersSchema,
      handle: (services, { caller }) => removeOwnServer(services, caller, kind),
    }),
  ),
  route({
    method: "post",
    path: "/api/school/media-servers/{kind}/check",
    access: "school.configure",
    summary: "Ask the media server that the school uses whether it works.",
    params,
    reply: serverCheckSchema,
    handle: (services, { caller, params: { kind } }) => checkServer(services, caller, kind),
  }),
];
