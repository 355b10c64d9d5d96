import type { Services } from "../services.ts";
import type { Postman } from "./postman.ts";
import { giveUpOldMails, markSent, takeDueMails, type DueMail } from "./store.ts";

/** Taken together, sent side by side: a class that is invited does not wait for each other. */
const batchSize = 10;

/**
 * Sends up to ten mails of a school that are due; tells whether there may be more. A mail is sent at least once:
 * whoever dies in between leaves it to be sent again, with the same Message-ID.
 */
export async function sendDueMails(
  { database, log }: Pick<Services, "database" | "log">,
  postman: Postman,
  schoolId: string,
): Promise<boolean> {
  const due = await database.inSchool(schoolId, async (tx) => {
    await giveUpOldMails(tx);
    return takeDueMails(tx, batchSize);
  });
  await Promise.all(due.map(send));
  return due.length === batchSize;

  async function send(mail: DueMail): Promise<void> {
    try {
      await postman.deliver(mail);
    } catch (error) {
      log("warn", "a mail could not be sent; it is tried again", { mailId: mail.id, error });
      return;
    }
    await database.inSchool(schoolId, (tx) => markSent(tx, [mail.id]));
  }
}
