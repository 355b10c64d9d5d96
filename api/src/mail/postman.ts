import { createTransport } from "nodemailer";
import type { Secret } from "../secret.ts";
import type { DueMail } from "./store.ts";

/** Three connections to the mail server at most, and none that hangs. */
const manners = {
  pool: true,
  maxConnections: 3,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  // What a mail says never makes this process read a file or ask another server.
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;

/** Brings mails to the mail server. */
export interface Postman {
  /** Resolves when the server has taken the mail; rejects when it is away or refuses. */
  deliver(mail: DueMail): Promise<void>;
  close(): void;
}

/** A postman for that server, who sends as `from`. */
export function makePostman(url: Secret, from: string): Postman {
  const transport = createTransport({ ...manners, url: url.reveal() });
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? "localhost";
  return {
    async deliver({ id, to, subject, body, createdAtMs }) {
      await transport.sendMail({
        // The same at every try: who gets it twice is shown it once.
        messageId: `<${id}@${domain}>`,
        date: new Date(createdAtMs),
        from,
        // As an object it is one address, whatever is in it.
        to: { name: "", address: to },
        subject,
        text: body,
        headers: { "Auto-Submitted": "auto-generated" },
      });
    },
    close: () => transport.close(),
  };
}
