import { z } from "@hono/zod-openapi";

/** Longer passwords are not even hashed. */
export const maxPasswordBytes = 128;

/** A school's short name as people type it: any case, spaces around. Gives the canonical form. */
export const schoolSlugSchema = z
  .string()
  .max(60)
  .transform((slug) => slug.trim().toLowerCase())
  .pipe(z.string().regex(/^[a-z0-9](-?[a-z0-9])*$/))
  .openapi({ description: "The school's short name.", example: "demo" });

/** An e-mail address as people type it: any case, spaces around. Gives lower case. */
export const emailSchema = z
  .string()
  .max(254)
  .transform((email) => email.trim().toLowerCase())
  .pipe(z.string().regex(/^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u))
  .openapi({ example: "amina@school.example" });

/** A password as it was given: whether it is right, or good enough to be set, others say. */
export const passwordSchema = z
  .string()
  .min(1)
  .max(maxPasswordBytes)
  .refine((password) => Buffer.byteLength(password) <= maxPasswordBytes, {
    message: `must have at most ${maxPasswordBytes} bytes`,
  });

/** The code of a second factor as people type it: six digits, or a recovery code. */
export const codeSchema = z.string().min(1).max(32).openapi({
  description: "Six digits of the authenticator, or a recovery code.",
  example: "123456",
});

/** What the fragment of a link in a mail carries. */
export const linkTokenSchema = z
  .string()
  .min(1)
  .max(200)
  .openapi({ description: "What stands behind the # of the link." });
