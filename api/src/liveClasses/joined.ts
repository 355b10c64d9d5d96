import { z } from "@hono/zod-openapi";
import { participantRoles } from "@darasa/protocol";
import { boardSchema } from "../boards/board.ts";
import { idSchema } from "../schema/ids.ts";
import { liveClassSchema } from "./liveClass.ts";

/** RTCIceServer of the WebRTC specification, as far as servers are configured with it. */
export const iceServerSchema = z
  .object({
    urls: z.union([z.string(), z.array(z.string())]),
    username: z.string().optional(),
    credential: z.string().optional(),
  })
  .openapi("IceServer");

export type IceServer = z.infer<typeof iceServerSchema>;

/** How this class sees and hears each other. */
export const videoSchema = z
  .discriminatedUnion("provider", [
    z.object({
      provider: z.literal("mesh"),
      iceServers: z.array(iceServerSchema),
      maxMembers: z.int(),
    }),
    z.object({ provider: z.literal("none") }),
  ])
  .openapi("Video");

export type Video = z.infer<typeof videoSchema>;

/** Everything that a browser needs to enter the classroom. */
export const joinedSchema = z
  .object({
    liveClass: liveClassSchema,
    room: z.object({ id: idSchema, name: z.string(), kind: z.enum(["class", "group", "direct"]) }),
    boards: z.array(boardSchema),
    role: z.enum(participantRoles),
    participantId: idSchema,
    gateway: z.object({ url: z.string(), ticket: z.string() }),
    video: videoSchema,
  })
  .openapi("Joined");

export type Joined = z.infer<typeof joinedSchema>;
