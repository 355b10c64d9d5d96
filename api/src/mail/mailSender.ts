import { listenChannel } from "@darasa/database";
import type { Services } from "../services.ts";
import { mailChannel } from "./mailChannel.ts";
import { makePostman, type Postman } from "./postman.ts";
import { sendDueMails } from "./sendDueMails.ts";

/** What a missed word or a dead sender left lying is found at the latest after this. */
const pollIntervalMs = 15_000;
/** How long a mail that is just being handed over may take at shutdown; it is sent again otherwise. */
const drainMs = 2_000;

/** Sends what is queued, for as long as it is open. */
export interface MailSender {
  close(): Promise<void>;
}

/** Starts to send the mails of all schools; does nothing where no mail server is configured. */
export function startMailSender(services: Services): MailSender {
  const { SMTP_URL: url, MAIL_FROM: from } = services.config;
  if (url === undefined || from === undefined) return { close: () => Promise.resolve() };
  return keepSending(services, makePostman(url, from));
}

function keepSending(services: Services, postman: Postman): MailSender {
  const rounds = makeRounds(services, postman);
  const visitAll = async (): Promise<void> => {
    try {
      for (const schoolId of await services.database.listSchoolIds()) rounds.visit(schoolId);
    } catch (error) {
      services.log("warn", "queued mail cannot be looked for", { error });
    }
  };
  const poll = setInterval(() => void visitAll(), pollIntervalMs);
  const listener = listenChannel(services.config.DATABASE_URL.reveal(), mailChannel, {
    onPayload: rounds.visit,
    onReconnected: () => void visitAll(),
  });
  void listener.ready.then(visitAll);
  return {
    async close() {
      clearInterval(poll);
      await Promise.all([listener.close(), rounds.close()]);
      postman.close();
    },
  };
}

interface Rounds {
  /** Has the school's mail looked after, soon. */
  readonly visit: (schoolId: string) => void;
  close(): Promise<void>;
}

/** One school after the other, a batch of each at a time: none waits for all mail of another. */
function makeRounds(services: Services, postman: Postman): Rounds {
  const waiting = new Set<string>();
  let closed = false;
  let working: Promise<void> | null = null;

  const work = async (): Promise<void> => {
    for (const schoolId of waiting) {
      if (closed) break;
      waiting.delete(schoolId);
      try {
        if (await sendDueMails(services, postman, schoolId)) waiting.add(schoolId);
      } catch (error) {
        services.log("warn", "queued mail cannot be read", { schoolId, error });
      }
    }
    working = null;
  };

  return {
    visit(schoolId) {
      if (closed) return;
      waiting.add(schoolId);
      working ??= work();
    },
    async close() {
      closed = true;
      let cut: NodeJS.Timeout | undefined;
      await Promise.race([working, new Promise((resolve) => (cut = setTimeout(resolve, drainMs)))]);
      clearTimeout(cut);
    },
  };
}
