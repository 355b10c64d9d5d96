import { z } from "@hono/zod-openapi";
import { schoolRoles } from "@darasa/protocol";
import { idSchema } from "../schema/ids.ts";
import { timeMsSchema } from "../schema/timeMs.ts";

export const schoolRoleSchema = z.enum(schoolRoles);
export const personStatusSchema = z.enum(["active", "deactivated"]);

const forManagers = "Null for those who do not manage people.";

/** Somebody with an account of the school. */
export const personSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    role: schoolRoleSchema,
    status: personStatusSchema,
    email: z.string().nullable().openapi({ description: forManagers }),
    emailVerified: z.boolean().nullable().openapi({ description: forManagers }),
    secondFactor: z.boolean().nullable().openapi({ description: forManagers }),
    lastSeenAtMs: timeMsSchema.nullable().openapi({
      description: `The last use of a sign-in; null also before the first. ${forManagers}`,
    }),
  })
  .openapi("Person");

export type Person = z.infer<typeof personSchema>;
