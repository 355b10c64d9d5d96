import { z } from "@hono/zod-openapi";
import { displayTextSchema } from "../schema/displayText.ts";
import { idSchema } from "../schema/ids.ts";

/** A day of the school's own calendar, as ISO 8601 writes it. */
const daySchema = z.iso.date().openapi({ example: "2026-01-12" });

/** A term as it is asked for: both days are in it. */
export const termInputSchema = z
  .object({ name: displayTextSchema(60), startsOn: daySchema, endsOn: daySchema })
  .refine(({ startsOn, endsOn }) => startsOn <= endsOn, {
    path: ["endsOn"],
    message: "must not be before startsOn",
  })
  .openapi("NewTerm");

export type TermInput = z.infer<typeof termInputSchema>;

/** A stretch of the school year by which registers are read. */
export const termSchema = z
  .object({ id: idSchema, name: z.string(), startsOn: daySchema, endsOn: daySchema })
  .openapi("Term");

export type Term = z.infer<typeof termSchema>;
