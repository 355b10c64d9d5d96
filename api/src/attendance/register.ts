import { z } from "@hono/zod-openapi";
import { participantRoles } from "@darasa/protocol";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

/** One person's time in a live class. */
export const attendeeSchema = z
  .object({
    participantId: idSchema,
    name: z.string(),
    role: z.enum(participantRoles),
    firstJoinedAtMs: timeMsSchema.nullable(),
    lastLeftAtMs: timeMsSchema.nullable().openapi({ description: "Null while present." }),
    minutes: z.number().openapi({ description: "Present in all, to one decimal." }),
    segments: z.array(z.object({ fromMs: timeMsSchema, toMs: timeMsSchema })),
    present: z.boolean(),
  })
  .openapi("Attendee");

export type Attendee = z.infer<typeof attendeeSchema>;

/** The register of a live class: everybody who was let in. */
export const registerSchema = z
  .object({ liveClass: liveClassSchema, people: z.array(attendeeSchema) })
  .openapi("Register");

export type Register = z.infer<typeof registerSchema>;
