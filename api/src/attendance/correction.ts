import { z } from "@hono/zod-openapi";
import { displayTextSchema } from "../schema/displayText.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { verdicts } from "./judgeAttendance.ts";

/** What the register says about somebody: what follows from when they were there, or what a teacher knows better. */
export const standingVerdicts = [...verdicts, "excused"] as const;
export type StandingVerdict = (typeof standingVerdicts)[number];
export const standingVerdictSchema = z.enum(standingVerdicts);

/** A correction as it is asked for. */
export const correctionInputSchema = z
  .object({
    verdict: standingVerdictSchema.nullable().openapi({
      description: "Null takes earlier corrections back: the computed verdict stands again.",
    }),
    reason: displayTextSchema(300),
  })
  .openapi("NewCorrection");

/** The correction that counts: the last one, unless it took back what was said before. */
export const correctionSchema = z
  .object({
    verdict: standingVerdictSchema,
    reason: z.string().openapi({ description: "Empty when the person was erased." }),
    by: z.string().openapi({ description: "Empty when they were erased." }),
    atMs: timeMsSchema,
  })
  .openapi("Correction");

export type Correction = z.infer<typeof correctionSchema>;
