import { z } from "@hono/zod-openapi";
import { emailSchema, passwordSchema, schoolSlugSchema } from "../accounts/credentials.ts";
import { languageSchema, signedInSchema } from "../accounts/user.ts";
import { displayTextSchema } from "../schema/displayText.ts";

/** A school that somebody makes for themselves, with its first admin. */
export const newSchoolSchema = z
  .object({
    name: displayTextSchema(120),
    slug: schoolSlugSchema,
    language: languageSchema,
    admin: z.object({ name: displayTextSchema(60), email: emailSchema, password: passwordSchema }),
  })
  .openapi("NewSchool");

export type NewSchool = z.infer<typeof newSchoolSchema>;

/** Signed in at once, or asked to open the link that was sent. */
export const schoolMadeSchema = z
  .union([signedInSchema, z.object({ verify: z.literal(true) })])
  .openapi("SchoolMade");
