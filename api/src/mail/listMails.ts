import { DarasaError } from "@darasa/protocol";
import type { UserCaller } from "../routing/access.ts";
import type { Services } from "../services.ts";
import type { OutboxMail } from "./outboxMail.ts";
import { loadMails } from "./store.ts";

interface Page {
  /** The id of the oldest mail of the page before. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/**
 * What would have been sent, newest first. Links in a mail open doors, so nobody sees those of somebody above
 * themselves; and where mail is really sent there is nothing to see.
 * @throws DarasaError not_found
 */
export async function listMails(
  services: Services,
  caller: UserCaller,
  { before, limit }: Page,
): Promise<{ mails: OutboxMail[]; more: boolean }> {
  if (services.mail.canSend) throw new DarasaError("not_found");
  const hidden = caller.role === "super_admin" ? null : "super_admin";
  const mails = await services.database.inSchool(caller.schoolId, (tx) =>
    loadMails(tx, { before: before ?? null, hidden, limit: limit + 1 }),
  );
  return { mails: mails.slice(0, limit), more: mails.length > limit };
}
