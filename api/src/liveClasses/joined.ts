import { z } from "@hono/zod-openapi";
import { participantRoles } from "@darasa/protocol";
import { boardSchema } from "../boards/board.ts";
import { videoSchema } from "../media/video.ts";
import { idSchema } from "../schema/ids.ts";
import { liveClassSchema } from "./liveClass.ts";

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
    hasOwnPage: z.boolean().openapi({
      description:
        "The school has media servers of its own, which only the page that was loaded from the class's own address may reach.",
    }),
  })
  .openapi("Joined");

export type Joined = z.infer<typeof joinedSchema>;
