import { sql, type SchoolTransaction } from "@darasa/database";
import { schoolRoles, type SchoolRole } from "@darasa/protocol";
import * as z from "zod";

const outboxRowSchema = z.object({
  id: z.string(),
  to: z.string(),
  recipientRole: z.enum(schoolRoles),
  subject: z.string(),
  body: z.string(),
  createdAtMs: z.number(),
});

interface OutboxPage {
  readonly before: string | null;
  /** The role whose mails are left out. */
  readonly hidden: SchoolRole | null;
  readonly limit: number;
}

/** Mails that were not sent, newest first. */
export async function loadMails(
  tx: SchoolTransaction,
  { before, hidden, limit }: OutboxPage,
): Promise<readonly z.infer<typeof outboxRowSchema>[]> {
  return tx.any(sql.type(outboxRowSchema)`
    select mail_id as id, recipient as to, recipient_role as "recipientRole", subject, body,
      created_at as "createdAtMs"
    from mails
    where sent_at is null and failed_at is null and recipient_role is distinct from ${hidden}
      and (${before}::uuid is null or (created_at, mail_id) < (
        select m.created_at, m.mail_id from mails m where m.mail_id = ${before}
      ))
    order by created_at desc, mail_id desc
    limit ${limit}`);
}

const dueSchema = z.object({
  id: z.string(),
  to: z.string(),
  subject: z.string(),
  body: z.string(),
  createdAtMs: z.number(),
});

/** A mail that is to be sent now. */
export type DueMail = z.infer<typeof dueSchema>;

/** Gives up what could not be sent within a day: its links are too old, and nobody waits for it any more. */
export async function giveUpOldMails(tx: SchoolTransaction): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update mails set failed_at = now(), body = ''
    where sent_at is null and failed_at is null and created_at < now() - interval '1 day'`);
}

/**
 * Takes mails that are due: whoever else looks does not see them until they are due again, after 1, 2, 4 … 64
 * minutes. That is also how long they wait when the taker dies.
 */
export async function takeDueMails(
  tx: SchoolTransaction,
  limit: number,
): Promise<readonly DueMail[]> {
  return tx.any(sql.type(dueSchema)`
    update mails set tries = tries + 1, next_try_at = now() + make_interval(mins => 1 << least(tries, 6))
    where mail_id in (
      select mail_id from mails
      where sent_at is null and failed_at is null and next_try_at <= now()
      order by next_try_at limit ${limit} for update skip locked
    )
    returning mail_id as id, recipient as to, subject, body, created_at as "createdAtMs"`);
}

/** Notes what was sent; the text goes, for links in it are secrets. */
export async function markSent(tx: SchoolTransaction, ids: readonly string[]): Promise<void> {
  await tx.query(sql.typeAlias("nothing")`
    update mails set sent_at = now(), body = '' where mail_id = any(${sql.array([...ids], "uuid")})`);
}
