import { z } from "@hono/zod-openapi";
import { schoolRoles } from "@darasa/protocol";
import { idSchema } from "../schema/ids.ts";

/** Languages of the product, as the database knows them. */
export const languageSchema = z.enum(["en", "sw"]);

/** The signed-in person as the API shows them to themselves. */
export const userSchema = z
  .object({
    id: idSchema,
    name: z.string(),
    email: z.string().nullable(),
    role: z.enum([...schoolRoles, "guest"]),
    language: languageSchema,
    school: z.object({ id: idSchema, name: z.string(), slug: z.string() }),
    guestOf: idSchema.nullable().openapi({ description: "Guests: their one live class." }),
  })
  .openapi("User");

export type User = z.infer<typeof userSchema>;

/** What a sign-in answers, beside the refresh cookie. */
export const signedInSchema = z
  .object({
    accessToken: z.string(),
    expiresInSeconds: z.int(),
    user: userSchema,
  })
  .openapi("SignedIn");

export type SignedIn = z.infer<typeof signedInSchema>;
