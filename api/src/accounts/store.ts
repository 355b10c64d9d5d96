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
  emailVerified: z.boolean(),
  /** Whether signing in asks for a code. */
  secondFactor: z.boolean(),
});

/** A row of `users` that may sign in. */
export type Account = z.infer<typeof accountSchema>;

const accountColumns = sql.fragment`user_id as "userId", email, name, role, language,
  password_hash as "passwordHash", email_verified_at is not null as "emailVerified",
  totp_confirmed_at is not null as "secondFactor"`;

/** The active account of that e-mail (lower case), or null. */
export function loadAccountByEmail(tx: SchoolTransaction, email: string): Promise<Account | null> {
  return tx.maybeOne(sql.type(accountSchema)`
    select ${accountColumns} from users where email = ${email} and deactivated_at is null`);
}

/** The active account of that id, or null. */
export function loadAccount(tx: SchoolTransaction, userId: string): Promise<Account | null> {
  return tx.maybeOne(sql.type(accountSchema)`
    select ${accountColumns} from users where user_id = ${userId} and deactivated_at is null`);
}

/** The same, kept as it is until the transaction ends: what follows cannot be outrun by a new password. */
export function lockAccount(tx: SchoolTransaction, userId: string): Promise<Account | null> {
  return tx.maybeOne(sql.type(accountSchema)`
    select ${accountColumns} from users where user_id = ${userId} and deactivated_at is null
    for no key update`);
}

const schoolSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  isSuspended: z.boolean(),
});

/** The school of this transaction. */
export function loadSchool(tx: SchoolTransaction): Promise<z.infer<typeof schoolSchema>> {
  return tx.one(sql.type(schoolSchema)`
    select school_id as id, name, slug, suspended_at is not null as "isSuspended" from schools`);
}

/** The account's e-mail is its owner's own. */
export async function markEmailVerified(
  tx: SchoolTransaction,
  userId: string,
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update users set email_verified_at = ${sql.timestamp(new Date(nowMs))}
    where user_id = ${userId} and email_verified_at is null`);
}

/** Sets an account's password by its hash. */
export async function storePassword(
  tx: SchoolTransaction,
  { userId, passwordHash }: { readonly userId: string; readonly passwordHash: string },
  nowMs: number,
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update users set password_hash = ${passwordHash},
      password_changed_at = ${sql.timestamp(new Date(nowMs))}
    where user_id = ${userId}`);
}
