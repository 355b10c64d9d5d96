import { z } from "@hono/zod-openapi";
import { participantRoles } from "@darasa/protocol";
import { videoProviderSchema } from "../media/video.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

export const liveClassStatusSchema = z.enum(["scheduled", "live", "ended"]);

/** A live class as one person sees it: `role` is theirs, `code` only for teachers and those let in, `pin` for teachers. */
export const liveClassSchema = z
  .object({
    id: idSchema,
    roomId: idSchema,
    roomName: z.string(),
    title: z.string(),
    code: z.string().nullable(),
    pin: z.string().nullable().openapi({
      description: "What guests who come by the code are asked for; told to teachers only.",
    }),
    status: liveClassStatusSchema,
    startsAtMs: timeMsSchema,
    startedAtMs: timeMsSchema.nullable(),
    endedAtMs: timeMsSchema.nullable(),
    endReason: z.enum(["teacher", "no_teacher"]).nullable(),
    videoProvider: videoProviderSchema,
    recording: z
      .object({ state: z.enum(["on", "paused"]), sinceMs: timeMsSchema })
      .nullable()
      .openapi({
        description: "Whether it is recorded, and since when: who enters is asked first.",
      }),
    role: z.enum(participantRoles),
    teachers: z.array(z.string()).openapi({ description: "Names of the room's teachers." }),
  })
  .openapi("LiveClass");

export type LiveClass = z.infer<typeof liveClassSchema>;
