import { sql, type SchoolTransaction } from "@darasa/database";
import { schoolRoles, type ParticipantId } from "@darasa/protocol";
import * as z from "zod";

const accountSchema = z.object({
  userId: z.string().transform((id) => id as ParticipantId),
  email: z.string(),
  name: z.string(),
  role: z.enum(schoolRoles),
  language: z.enum(["en", "sw"]),
  passwordHash: z.string().nullable(),
});

/** A row of `users` that may sign in. */
export type Account = z.infer<typeof accountSchema>;

/** The active account of that e-mail (lower case), or null. */
export function loadAccountByEmail(tx: SchoolTransaction, email: string): Promise<Account | null> {
  return tx.maybeOne(sql.type(accountSchema)`
    select user_id as "userId", email, name, role, language, password_hash as "passwordHash"
    from users where email = ${email} and deactivated_at is null`);
}

const schoolSchema = z.object({ id: z.string(), name: z.string(), slug: z.string() });

/** The school of this transaction. */
export function loadSchool(tx: SchoolTransaction): Promise<z.infer<typeof schoolSchema>> {
  return tx.one(sql.type(schoolSchema)`select school_id as id, name, slug from schools`);
}
