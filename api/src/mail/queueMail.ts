import { sql, type SchoolTransaction } from "@darasa/database";
import type { Letter } from "./mail.ts";
import { mailChannel } from "./mailChannel.ts";
import { writeMail } from "./writeMail.ts";

export type { Letter, Mail, MailLanguage } from "./mail.ts";

/**
 * Writes a mail in the transaction of what it tells of: it goes out after the commit, and not at all without one.
 * Nothing is sent where no mail is set up; the letter then waits in the outbox page.
 */
export async function queueMail(tx: SchoolTransaction, letter: Letter): Promise<void> {
  const { subject, body } = writeMail(letter.mail, letter.language);
  await tx.query(sql.typeAlias("nothing")`
    insert into mails (school_id, recipient, recipient_role, subject, body)
    values (app_school_id(), ${letter.to}, ${letter.recipientRole}, ${subject}, ${body})`);
  await tx.query(sql.typeAlias("nothing")`
    select pg_notify(${mailChannel}, app_school_id()::text)`);
}
