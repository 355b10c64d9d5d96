import { sql, type SchoolTransaction } from "@darasa/database";
import { schoolRoles } from "@darasa/protocol";
import * as z from "zod";

/** What a link is for: `verify` shows that an address is one's own, `reset` sets a new password. */
export type LinkPurpose = "verify" | "reset";

const ownerSchema = z.object({
  userId: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(schoolRoles),
  language: z.enum(["en", "sw"]),
});

/** Whose link it is: an active account. */
export type LinkOwner = z.infer<typeof ownerSchema>;

interface NewLink {
  readonly tokenHash: Buffer;
  readonly userId: string;
  readonly email: string;
  readonly purpose: LinkPurpose;
  readonly nowMs: number;
  readonly expiresAtMs: number;
}

/** Stores a link; those of the same account and purpose that were sent before are worth nothing any more. */
export async function storeEmailLink(tx: SchoolTransaction, link: NewLink): Promise<void> {
  await removeEmailLinks(tx, link.userId, [link.purpose]);
  await tx.query(sql.typeAlias("nothing")`
    insert into email_links (school_id, token_hash, user_id, purpose, email, created_at, expires_at)
    values (app_school_id(), ${sql.binary(link.tokenHash)}, ${link.userId}, ${link.purpose}, ${link.email},
      ${sql.timestamp(new Date(link.nowMs))}, ${sql.timestamp(new Date(link.expiresAtMs))})`);
}

/** Takes an account's links of these purposes away. */
export async function removeEmailLinks(
  tx: SchoolTransaction,
  userId: string,
  purposes: readonly LinkPurpose[],
): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    delete from email_links
    where user_id = ${userId} and purpose = any(${sql.array(purposes, "text")})`);
}

interface LinkUse {
  readonly tokenHash: Buffer;
  readonly purpose: LinkPurpose;
  readonly nowMs: number;
}

/** Whose link it is when it still opens something, else null. It stays as it is. */
export function findLinkOwner(tx: SchoolTransaction, use: LinkUse): Promise<LinkOwner | null> {
  return tx.maybeOne(sql.type(ownerSchema)`
    select u.user_id as "userId", u.email, u.name, u.role, u.language
    from email_links l join users u on (u.school_id, u.user_id) = (l.school_id, l.user_id)
    where l.token_hash = ${sql.binary(use.tokenHash)} and l.purpose = ${use.purpose}
      and l.used_at is null and l.expires_at > ${sql.timestamp(new Date(use.nowMs))}
      and u.email = l.email and u.deactivated_at is null`);
}

/** Uses the link up and gives its owner; null when it opens nothing (any more). Of two at once one wins. */
export function useEmailLink(tx: SchoolTransaction, use: LinkUse): Promise<LinkOwner | null> {
  const now = sql.timestamp(new Date(use.nowMs));
  return tx.maybeOne(sql.type(ownerSchema)`
    update email_links l set used_at = ${now} from users u
    where l.token_hash = ${sql.binary(use.tokenHash)} and l.purpose = ${use.purpose}
      and l.used_at is null and l.expires_at > ${now}
      and (u.school_id, u.user_id) = (l.school_id, l.user_id)
      and u.email = l.email and u.deactivated_at is null
    returning u.user_id as "userId", u.email, u.name, u.role, u.language`);
}

/** Whether such a link was sent since then. */
export function wasLinkSent(
  tx: SchoolTransaction,
  link: { readonly userId: string; readonly purpose: LinkPurpose },
  sinceMs: number,
): Promise<boolean> {
  return tx.exists(sql.type(z.object({}))`
    select from email_links where user_id = ${link.userId} and purpose = ${link.purpose}
      and created_at > ${sql.timestamp(new Date(sinceMs))}`);
}
