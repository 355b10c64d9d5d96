import { sql, type SchoolTransaction } from "@darasa/database";
import * as z from "zod";

const rulesSchema = z.object({
  name: z.string(),
  language: z.enum(["en", "sw"]),
  maxUsers: z.number(),
  isSuspended: z.boolean(),
});

/** What the school says of those who come new. */
export type AdmissionRules = z.infer<typeof rulesSchema>;

const lockedRules = sql.type(rulesSchema)`
  select name, sign_up_language as language, max_users as "maxUsers",
    suspended_at is not null as "isSuspended"
  from schools for no key update`;

/** The rules, locked: who adds people waits for whoever else does, so that none is counted twice. */
export function lockAdmissionRules(tx: SchoolTransaction): Promise<AdmissionRules> {
  return tx.one(lockedRules);
}

/** The same, or null: a token can name a school that does not exist. */
export function lockAdmissionRulesIfAny(tx: SchoolTransaction): Promise<AdmissionRules | null> {
  return tx.maybeOne(lockedRules);
}

const countSchema = z.object({ count: z.number() });

/** Accounts that are open; a closed one has given its place free. */
export function countActivePeople(tx: SchoolTransaction): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select count(*) from users where deactivated_at is null and erased_at is null`);
}

/** People who were invited by mail and may still come. */
export function countAwaited(tx: SchoolTransaction, nowMs: number): Promise<number> {
  return tx.oneFirst(sql.type(countSchema)`
    select count(*) from invitations
    where email is not null and revoked_at is null and used = 0
      and expires_at > ${sql.timestamp(new Date(nowMs))}`);
}

const doorSchema = z.object({
  name: z.string(),
  slug: z.string(),
  colour: z.string(),
  logo: z.string().nullable(),
  language: z.enum(["en", "sw"]),
});

/** The school as it shows itself to those whom it invites. */
export function loadInvitingSchool(tx: SchoolTransaction): Promise<z.infer<typeof doorSchema>> {
  return tx.one(sql.type(doorSchema)`
    select name, slug, colour, logo_id as logo, sign_up_language as language from schools`);
}
