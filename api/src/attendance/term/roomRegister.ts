import { z } from "@hono/zod-openapi";
import { idSchema } from "../../schema/ids.ts";
import { timeMsSchema } from "../../schema/timeMs.ts";
import { correctionSchema, standingVerdictSchema } from "../correction.ts";
import { verdicts } from "../judgeAttendance.ts";

const ruleSchema = z.object({ lateAfterMinutes: z.int(), presentFromPercent: z.int() });

const tallyFields = {
  counts: z.object({
    present: z.int(),
    late: z.int(),
    left_early: z.int(),
    absent: z.int(),
    excused: z.int(),
  }),
  minutesInAll: z.number(),
  percent: z.int().nullable().openapi({
    description:
      "Of the classes in which they were expected and from which they were not excused, those to which they came; null when there was none.",
  }),
};

const classFields = {
  liveClassId: idSchema,
  title: z.string(),
  startedAtMs: timeMsSchema,
  endedAtMs: timeMsSchema,
};

const roomFields = {
  room: z.object({ id: idSchema, name: z.string() }),
  rule: ruleSchema,
  isCut: z.boolean().openapi({ description: "There were more classes; these are the latest." }),
};

/** A student's line in a term's register: one verdict and one number of minutes for each class, in their order. */
export const studentLineSchema = z
  .object({
    participantId: idSchema,
    name: z.string().openapi({ description: "Empty when they were erased." }),
    verdicts: z.array(standingVerdictSchema.nullable()).openapi({
      description: "Null: they were not expected, and never there.",
    }),
    minutes: z.array(z.number()),
    corrected: z.array(z.int()).openapi({
      description: "The places of the classes in which a teacher corrected the verdict.",
    }),
    ...tallyFields,
  })
  .openapi("StudentLine");

export type StudentLine = z.infer<typeof studentLineSchema>;

/** The register of a room over a stretch of time: its classes that are over, and its students; without guests. */
export const roomRegisterSchema = z
  .object({
    ...roomFields,
    classes: z.array(z.object(classFields)),
    people: z.array(studentLineSchema),
  })
  .openapi("RoomRegister");

export type RoomRegister = z.infer<typeof roomRegisterSchema>;

/** One student's classes in a room over a stretch of time. */
export const studentRegisterSchema = z
  .object({
    ...roomFields,
    participantId: idSchema,
    name: z.string(),
    classes: z.array(
      z.object({
        ...classFields,
        minutes: z.number(),
        verdict: standingVerdictSchema.nullable(),
        computed: z.enum(verdicts).nullable(),
        correction: correctionSchema.nullable(),
      }),
    ),
    ...tallyFields,
  })
  .openapi("StudentRegister");

export type StudentRegister = z.infer<typeof studentRegisterSchema>;
