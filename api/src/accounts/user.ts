import { z } from "@hono/zod-openapi";
import { schoolPermissions, schoolRoles } from "@darasa/protocol";
import { idSchema } from "../schema/ids.ts";
import { preferencesSchema } from "./preferences.ts";

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
    picture: idSchema.nullable().openapi({ description: "The id of their picture." }),
    preferences: preferencesSchema,
    secondFactor: z.boolean().openapi({ description: "Whether signing in asks for a code." }),
    emailVerified: z.boolean(),
    permissions: z
      .array(z.enum(schoolPermissions))
      .openapi({ description: "What their role lets them do in the school." }),
    school: z.object({
      id: idSchema,
      name: z.string(),
      slug: z.string(),
      colour: z.string().openapi({ example: "#0f766e" }),
      logo: idSchema.nullable().openapi({ description: "The id of its logo's picture." }),
    }),
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
