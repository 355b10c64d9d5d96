import { z } from "@hono/zod-openapi";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";
import { schoolLimitsSchema, schoolUseSchema } from "./schoolSettings.ts";

/** A school as the operator's own people see it. */
export const governedSchoolSchema = z
  .object({
    id: idSchema,
    slug: z.string(),
    name: z.string(),
    createdAtMs: timeMsSchema,
    suspendedAtMs: timeMsSchema.nullable(),
    limits: schoolLimitsSchema,
    use: schoolUseSchema,
  })
  .openapi("GovernedSchool");

export type GovernedSchool = z.infer<typeof governedSchoolSchema>;

/** What of a school the operator's people may change. */
export const governanceSchema = schoolLimitsSchema
  .extend({ suspended: z.boolean() })
  .partial()
  .openapi("Governance");

export type Governance = z.infer<typeof governanceSchema>;
