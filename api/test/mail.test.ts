import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { sql } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { SMTPServer } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { queueMail, type Mail } from "../src/mail/queueMail.ts";
import type { OutboxMail } from "../src/mail/outboxMail.ts";
import { startMailSender, type MailSender } from "../src/mail/mailSender.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

const reset: Mail = {
  kind: "resetPassword",
  name: "Baraka",
  schoolName: "Demo",
  link: "https://school.example/reset#secret",
};

interface Received {
  readonly to: string;
  readonly text: string;
}

/** A mail server that keeps what it is given. */
interface Mailbox {
  readonly port: number;
  readonly received: Received[];
  /** What the next recipients are answered instead of being taken. */
  refuse: string | null;
  close(): Promise<void>;
}

async function openMailbox(wantedPort: number): Promise<Mailbox> {
  const received: Received[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) => {
      if (username === "darasa" && password === "open sesame") done(null, { user: username });
      else done(new Error("no"));
    },
    onRcptTo: (_address, _session, done) => {
      if (mailbox.refuse === null) done();
      else done(new Error(mailbox.refuse));
    },
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const to = envelope.rcptTo.map(({ address }) => address).join(" ");
        // Quoted-printable lines are put together again.
        const text = Buffer.concat(parts).toString("utf8").replaceAll("=\r\n", "");
        received.push({ to, text });
        done();
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(wantedPort, "127.0.0.1");
  await once(server.server, "listening");
  const mailbox: Mailbox = {
    port: (server.server.address() as AddressInfo).port,
    received,
    refuse: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return mailbox;
}

describe("with a mail server", () => {
  let api: TestApi;
  let port: number;
  let mailbox: Mailbox;
  let sender: MailSender;

  beforeAll(async () => {
    const first = await openMailbox(0);
    ({ port } = first);
    await first.close();
    api = await createTestApi({
      SMTP_URL: `smtp://darasa:open%20sesame@127.0.0.1:${port}`,
      MAIL_FROM: "Darasa <no-reply@school.example>",
      PUBLIC_URL: "https://school.example",
    });
    Object.assign(api.services, { log: () => undefined });
  });
  afterAll(() => api.close());
  beforeEach(async () => {
    mailbox = await openMailbox(port);
    sender = startMailSender(api.services);
  });
  afterEach(async () => {
    await Promise.all([sender.close(), mailbox.close()]);
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`delete from mails`),
    );
  });

  const queue = (to: string, mail: Mail = reset) =>
    api.db.database.inSchool(api.db.schoolId, (tx) =>
      queueMail(tx, { to, recipientRole: "student", language: "sw", mail }),
    );
  const rows = () =>
    api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.any(sql.unsafe`
        select mail_id as id, body, tries, sent_at is not null as sent, failed_at is not null as failed
        from mails`),
    ) as Promise<
      readonly { id: string; body: string; tries: number; sent: boolean; failed: boolean }[]
    >;
  const change = (assignments: string) =>
    asSuperuser(
      api.db,
      `update mails set ${assignments}; notify darasa_mail, '${api.db.schoolId}'`,
    );

  test("what was queued goes out at once after the commit, in the reader's language, and its text is forgotten", async () => {
    await queue("baraka@demo.darasa");
    await vi.waitFor(() => expect(mailbox.received).toHaveLength(1));
    const [mail] = mailbox.received;
    expect(mail?.to).toBe("baraka@demo.darasa");
    expect(mail?.text).toContain("From: Darasa <no-reply@school.example>");
    expect(mail?.text).toContain("https://school.example/reset#secret");
    expect(mail?.text).toContain("nenosiri");
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ sent: true, body: "" }]));
    const [row] = await rows();
    expect(mail?.text).toContain(`Message-ID: <${row?.id}@school.example>`);
  });

  test("what was rolled back is never sent", async () => {
    const failing = api.db.database.inSchool(api.db.schoolId, async (tx) => {
      await queueMail(tx, {
        to: "a@x.example",
        recipientRole: "student",
        language: "en",
        mail: reset,
      });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    await queue("b@x.example");
    await vi.waitFor(() => expect(mailbox.received.map(({ to }) => to)).toEqual(["b@x.example"]));
  });

  test("a server that is away is tried again until it is back, and gets each mail once", async () => {
    await mailbox.close();
    await queue("one@x.example");
    await queue("two@x.example");
    await vi.waitFor(async () => expect((await rows()).map(({ tries }) => tries)).toEqual([1, 1]));
    mailbox = await openMailbox(port);
    // A minute later.
    await change("next_try_at = now()");
    await vi.waitFor(async () => expect((await rows()).every(({ sent }) => sent)).toBe(true));
    expect(mailbox.received.map(({ to }) => to).toSorted()).toEqual([
      "one@x.example",
      "two@x.example",
    ]);
  });

  test("what is refused for a day is given up, and its text is forgotten", async () => {
    mailbox.refuse = "no such mailbox";
    await queue("gone@x.example");
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ tries: 1 }]));
    await change("next_try_at = now(), created_at = now() - interval '25 hours'");
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ failed: true, body: "" }]));
    expect(mailbox.received).toEqual([]);
  });

  test("two senders send each mail once", async () => {
    const other = startMailSender(api.services);
    const wanted = Array.from({ length: 25 }, (_, index) => `p${index}@x.example`);
    await Promise.all(wanted.map((to) => queue(to)));
    await vi.waitFor(async () => expect((await rows()).every(({ sent }) => sent)).toBe(true));
    await other.close();
    expect(mailbox.received.map(({ to }) => to).toSorted()).toEqual(wanted.toSorted());
  });

  test("an address is one address, whatever is in it", async () => {
    await queue("a,b@x.example");
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ tries: 1 }]));
    await vi.waitFor(async () => expect(await rows()).toMatchObject([{ sent: true }]));
    expect(mailbox.received).toHaveLength(1);
    expect(mailbox.received[0]?.to).not.toBe("b@x.example");
  });

  test("nobody reads what is really sent", async () => {
    const answer = await api.call("GET /api/mails", { as: await api.signIn("admin") });
    expect(answer.status).toBe(404);
    expect(JSON.parse((await api.call("GET /config.json")).text)).toMatchObject({ mail: true });
  });
});

describe("without a mail server", () => {
  let api: TestApi;
  beforeAll(async () => (api = await createTestApi()));
  afterAll(() => api.close());

  const read = async (query = "") => {
    const answer = await api.call(`GET /api/mails${query}`, { as: await api.signIn("admin") });
    return JSON.parse(answer.text) as { mails: OutboxMail[]; more: boolean };
  };

  test("admins read what would have been sent, newest first, a page at a time; what is for a super admin only they", async () => {
    expect(await read()).toEqual({ mails: [], more: false });
    for (const [index, recipientRole] of (
      ["student", "teacher", "super_admin"] as const
    ).entries()) {
      await api.db.database.inSchool(api.db.schoolId, (tx) =>
        queueMail(tx, { to: `p${index}@x.example`, recipientRole, language: "en", mail: reset }),
      );
    }
    const { mails } = await read();
    expect(mails.map(({ to }) => to)).toEqual(["p1@x.example", "p0@x.example"]);
    expect(mails[0]?.body).toContain("https://school.example/reset#secret");
    const first = await read("?limit=1");
    expect(first).toMatchObject({ mails: [{ to: "p1@x.example" }], more: true });
    const second = await read(`?limit=1&before=${first.mails[0]?.id}`);
    expect(second).toMatchObject({ mails: [{ to: "p0@x.example" }], more: false });

    await asSuperuser(
      api.db,
      `update users set role = 'super_admin' where user_id = '${api.db.people.admin.userId}'`,
    );
    api.advance(6_000);
    expect((await read()).mails.map(({ to }) => to)).toContain("p2@x.example");
  });
});
