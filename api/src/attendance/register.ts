import { z } from "@hono/zod-openapi";
import { participantRoles } from "@darasa/protocol";
import { liveClassSchema } from "../liveClasses/liveClass.ts";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { correctionSchema, standingVerdictSchema } from "./correction.ts";
import { verdicts } from "./judgeAttendance.ts";

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
    verdict: standingVerdictSchema.nullable().openapi({
      description: "What counts: the correction's, else the computed one.",
    }),
    computed: z.enum(verdicts).nullable().openapi({
      description:
        "By the school's rule, as of now while the class runs; null for teachers and before it starts.",
    }),
    correction: correctionSchema.nullable(),
  })
  .openapi("Attendee");

export type Attendee = z.infer<typeof attendeeSchema>;

/** The register of a live class: everybody who was let in, and the members who never came. */
export const registerSchema = z
  .object({
    liveClass: liveClassSchema,
    rule: z.object({ lateAfterMinutes: z.int(), presentFromPercent: z.int() }),
    people: z.array(attendeeSchema),
    isRemoved: z.boolean().openapi({
      description: "Older than the school keeps registers: who was there is known no more.",
    }),
  })
  .openapi("Register");

export type Register = z.infer<typeof registerSchema>;
