import { z } from "@hono/zod-openapi";
import { videoProviders } from "@darasa/protocol";

/** What a class may see and hear through. */
export const videoProviderSchema = z.enum(videoProviders);

/** How long a token of a media server is worth something: the client asks for the next well before. */
export const mediaTokenLifetimeSeconds = 10 * 60;

/** RTCIceServer of the WebRTC specification, as far as servers are configured with it. */
export const iceServerSchema = z
  .object({
    urls: z.union([z.string(), z.array(z.string())]),
    username: z.string().optional(),
    credential: z.string().optional(),
  })
  .openapi("IceServer");

export type IceServer = z.infer<typeof iceServerSchema>;

const token = { token: z.string(), expiresInSeconds: z.int() };

/** How this class sees and hears each other, with the caller's own token where one is needed. */
export const videoSchema = z
  .discriminatedUnion("provider", [
    z.object({
      provider: z.literal("mesh"),
      iceServers: z.array(iceServerSchema),
      maxMembers: z.int(),
    }),
    z.object({ provider: z.literal("livekit"), url: z.string(), ...token }),
    z.object({ provider: z.literal("jitsi"), domain: z.string(), room: z.string(), ...token }),
    z.object({ provider: z.literal("none") }),
  ])
  .openapi("Video");

export type Video = z.infer<typeof videoSchema>;
