import { DarasaError } from "@darasa/protocol";
import type { OutboxMail } from "./outboxMail.ts";
/** listMails */
export function listMails(..._given: unknown[]): Promise<{ mails: OutboxMail[]; more: boolean }> {
  return Promise.reject(new DarasaError("unavailable"));
}
