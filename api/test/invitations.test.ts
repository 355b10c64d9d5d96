import { sql } from "@darasa/database";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

const dayMs = 24 * 60 * 60 * 1000;
const password = "a long walk uphill";

let api: TestApi;
let admin: Person;
beforeEach(async () => {
  await (api as TestApi | undefined)?.close();
  await start();
});
afterAll(() => api.close());

async function start(environment?: Record<string, string>): Promise<void> {
  api = await createTestApi(environment);
  admin = await api.signIn("admin");
}

const mailSchema = z.object({ recipient: z.string(), body: z.string() });

/** The links of all mails to that address, oldest first. */
async function linksTo(email: string): Promise<string[]> {
  const mails = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.type(mailSchema)`select recipient, body from mails order by created_at, mail_id`),
  );
  return mails
    .filter(({ recipient }) => recipient === email)
    .map(({ body }) => /\S+#\S+/.exec(body)?.[0] ?? "");
}

const tokenOf = (link = "") => link.split("#")[1] ?? "";
const invite = (body: object, as = admin) => api.call("POST /api/invitations", { as, body });
const accept = (token: string, more: object = {}) =>
  api.call("POST /api/invitations/accept", {
    body: { token, name: "Zuhura Ally", password, language: "sw", ...more },
  });
const coded = ({ status, body }: Answer) => [status, body.code];

async function inviteByLink(more: object = {}): Promise<string> {
  const answer = await invite({ link: { maxUses: 2, expiresInDays: 7 }, role: "student", ...more });
  return tokenOf(answer.body.link ?? "");
}

/** Whoever was signed in that long ago is not any more. */
async function wait(days: number): Promise<void> {
  api.advance(days * dayMs + 1);
  admin = await api.signIn("admin");
}

async function pending(): Promise<readonly Record<string, unknown>[]> {
  const { body } = await api.call("GET /api/invitations", { as: admin });
  return body.invitations;
}

async function limitUsers(maxUsers: number): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      select govern_school(${api.db.schoolId}, ${maxUsers}, null, null, null, null)`),
  );
}

describe("an invitation by mail", () => {
  test("makes a verified account in the room, signed in", async () => {
    const { roomId } = api.db.rooms.mathematics;
    const sent = await invite({ emails: ["Zuhura@Home.example"], role: "student", roomId });
    expect(sent.body).toMatchObject({
      link: null,
      results: [{ email: "zuhura@home.example", outcome: "new", error: null }],
    });
    const [link = ""] = await linksTo("zuhura@home.example");
    expect(link).toMatch(/^http.*\/invite#/);
    const door = await api.call("POST /api/invitations/describe", {
      body: { token: tokenOf(link) },
    });
    expect(door.body).toMatchObject({
      school: { name: "Demo School", slug: "demo" },
      email: "zuhura@home.example",
      roomName: "Mathematics, Form 2",
      role: "student",
    });
    const joined = await accept(tokenOf(link));
    expect(joined.body.user).toMatchObject({
      name: "Zuhura Ally",
      email: "zuhura@home.example",
      emailVerified: true,
      language: "sw",
    });
    expect(joined.headers.get("set-cookie")).toContain("darasa_refresh=");
    const as = { ...admin, token: joined.body.accessToken };
    expect((await api.call(`GET /api/rooms/${roomId}`, { as })).body.role).toBe("student");
    const login = { school: "demo", email: "zuhura@home.example", password };
    expect((await api.call("POST /api/auth/login", { body: login })).status).toBe(200);
  });

  test("is good once, and not after two weeks", async () => {
    await invite({ emails: ["a@home.example", "b@home.example"], role: "student" });
    const [used] = await linksTo("a@home.example");
    expect((await accept(tokenOf(used))).status).toBe(200);
    expect(coded(await accept(tokenOf(used)))).toEqual([410, "link_invalid"]);
    const [late] = await linksTo("b@home.example");
    await wait(14);
    expect(coded(await accept(tokenOf(late)))).toEqual([410, "link_invalid"]);
    expect(await pending()).toMatchObject([{ email: "b@home.example", expired: true }]);
  });

  test("goes out once to each; who is known only comes into the room", async () => {
    const made = await api.call("POST /api/rooms", {
      as: admin,
      body: { kind: "group", name: "Chess" },
    });
    const body = {
      emails: ["a@home.example", "A@home.example", "baraka@demo.darasa"],
      role: "student",
      roomId: made.body.id,
    };
    const outcomes = async () => (await invite(body)).body.results.map(({ outcome }) => outcome);
    expect(await outcomes()).toEqual(["new", "exists"]);
    expect(await outcomes()).toEqual(["invited", "exists"]);
    expect(await linksTo("a@home.example")).toHaveLength(1);
    const baraka = await api.signIn("baraka");
    const room = await api.call(`GET /api/rooms/${made.body.id}`, { as: baraka });
    expect(room.body.role).toBe("student");
  });

  test("makes nobody who has an account more in a room than they are in the school", async () => {
    const { body } = await api.call("POST /api/rooms", {
      as: admin,
      body: { kind: "group", name: "Chess" },
    });
    await invite({ emails: ["baraka@demo.darasa"], role: "teacher", roomId: body.id });
    const as = await api.signIn("baraka");
    expect((await api.call(`GET /api/rooms/${body.id}`, { as })).body.role).toBe("student");
  });

  test("to be something else takes the place of the one before", async () => {
    await invite({ emails: ["a@home.example"], role: "student" });
    await invite({ emails: ["a@home.example"], role: "teacher" });
    const [first, second] = await linksTo("a@home.example");
    expect(coded(await accept(tokenOf(first)))).toEqual([410, "link_invalid"]);
    expect((await accept(tokenOf(second))).body.user.role).toBe("teacher");
  });

  test("sent again has a new link that lasts anew; the old one is worth nothing", async () => {
    await invite({ emails: ["a@home.example"], role: "student" });
    const [{ id } = {}] = await pending();
    await wait(13);
    const again = await api.call(`POST /api/invitations/${String(id)}/resend`, { as: admin });
    expect(again.body).toMatchObject({ email: "a@home.example", expired: false });
    await wait(13);
    const [old, fresh] = await linksTo("a@home.example");
    expect(coded(await accept(tokenOf(old)))).toEqual([410, "link_invalid"]);
    expect((await accept(tokenOf(fresh))).status).toBe(200);
  });

  test("goes to the same address a few times, and then not for a while", async () => {
    const sent: number[] = [];
    await invite({ emails: ["a@home.example", "b@home.example"], role: "student" });
    const invitations = await pending();
    const send = (email: string) => {
      const id = invitations.find((one) => one["email"] === email)?.["id"];
      return api.call(`POST /api/invitations/${String(id)}/resend`, { as: admin });
    };
    for (let time = 0; time < 6; time += 1) sent.push((await send("a@home.example")).status);
    expect(sent).toEqual([200, 200, 200, 200, 429, 429]);
    expect((await send("b@home.example")).status).toBe(200);
  });

  test("taken back opens nothing", async () => {
    await invite({ emails: ["a@home.example"], role: "student" });
    const [{ id } = {}] = await pending();
    expect((await api.call(`DELETE /api/invitations/${String(id)}`, { as: admin })).status).toBe(
      204,
    );
    expect(await pending()).toEqual([]);
    const [link] = await linksTo("a@home.example");
    expect(coded(await accept(tokenOf(link)))).toEqual([410, "link_invalid"]);
  });
});

describe("an invitation by link", () => {
  test("lets in as many as it says, also when they come at once", async () => {
    const token = await inviteByLink();
    const emails = ["a@home.example", "b@home.example", "c@home.example"];
    const answers = await Promise.all(emails.map((email) => accept(token, { email })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 410]);
    expect(await pending()).toEqual([]);
  });

  test("asks for an address", async () => {
    expect(coded(await accept(await inviteByLink()))).toEqual([422, "bad_request"]);
  });

  test("tells whose address is taken, to nobody without a link", async () => {
    const body = { email: "baraka@demo.darasa" };
    expect(coded(await accept(await inviteByLink(), body))).toEqual([409, "taken"]);
    expect(coded(await accept("guessed", body))).toEqual([410, "link_invalid"]);
  });

  test("gives nobody the address of somebody who is invited by mail to be more", async () => {
    await invite({ emails: ["head@home.example"], role: "school_admin" });
    const token = await inviteByLink();
    expect(coded(await accept(token, { email: "head@home.example" }))).toEqual([409, "taken"]);
    const [link] = await linksTo("head@home.example");
    expect((await accept(tokenOf(link))).body.user.role).toBe("school_admin");
  });

  test.each([
    [
      "whose account is closed",
      (id: string) => api.call(`POST /api/people/${id}/deactivate`, { as: admin }),
    ],
    [
      "who does not run the school any more",
      (id: string) => api.call(`PATCH /api/people/${id}`, { as: admin, body: { role: "teacher" } }),
    ],
    [
      "who is erased",
      (id: string) =>
        api.call(`POST /api/people/${id}/erase`, { as: admin, body: { confirm: "Daudi Komba" } }),
    ],
  ])("leads nobody back in %s", async (_who, lockOut) => {
    const { userId } = api.db.people.daudi;
    await api.call(`PATCH /api/people/${userId}`, { as: admin, body: { role: "school_admin" } });
    const as = await api.signIn("daudi");
    const made = await invite(
      { link: { maxUses: 5, expiresInDays: 90 }, role: "school_admin" },
      as,
    );
    await invite({ emails: ["accomplice@home.example"], role: "school_admin" }, as);
    await invite({ emails: ["pupil@home.example"], role: "student" }, as);
    expect([200, 204]).toContain((await lockOut(userId)).status);

    const email = "back@home.example";
    expect(coded(await accept(tokenOf(made.body.link ?? ""), { email }))).toEqual([
      410,
      "link_invalid",
    ]);
    const [accomplice] = await linksTo("accomplice@home.example");
    expect(coded(await accept(tokenOf(accomplice)))).toEqual([410, "link_invalid"]);
    // A pupil who was written to came by the school, whoever pressed the button.
    expect(await pending()).toMatchObject([{ email: "pupil@home.example" }]);
  });

  test("uses nothing up when the password is weak", async () => {
    const token = await inviteByLink();
    const weak = await accept(token, { email: "a@home.example", password: "password1" });
    expect(coded(weak)).toEqual([422, "weak_password"]);
    expect(await pending()).toMatchObject([{ used: 0 }]);
  });

  test("cannot be sent by mail again: it was shown once", async () => {
    await inviteByLink();
    const [{ id } = {}] = await pending();
    const answer = await api.call(`POST /api/invitations/${String(id)}/resend`, { as: admin });
    expect(coded(answer)).toEqual([409, "conflict"]);
  });

  test("where mail is sent, the address has to be proved before anybody signs in", async () => {
    await api.close();
    const settings = { SMTP_URL: "smtp://127.0.0.1:9", MAIL_FROM: "school@darasa.example" };
    await start({ ...settings, PUBLIC_URL: "https://darasa.example" });
    const joined = await accept(await inviteByLink(), { email: "a@home.example" });
    expect(joined.body).toEqual({ verify: true });
    expect(joined.headers.get("set-cookie")).toBeNull();
    const login = { school: "demo", email: "a@home.example", password };
    expect(coded(await api.call("POST /api/auth/login", { body: login }))).toEqual([
      403,
      "email_unverified",
    ]);
    const [link = ""] = await linksTo("a@home.example");
    expect(link).toContain("https://darasa.example/verify#");
    await api.call("POST /api/auth/verify", { body: { token: tokenOf(link) } });
    expect((await api.call("POST /api/auth/login", { body: login })).status).toBe(200);
  });
});

describe("inviting has bounds", () => {
  test("as many people as the school may have, at the door too", async () => {
    const token = await inviteByLink();
    await limitUsers(10);
    const { body } = await invite({
      emails: ["a@home.example", "b@home.example"],
      role: "student",
    });
    expect(body.results).toMatchObject([
      { outcome: "new" },
      { outcome: "error", error: "limit_reached" },
    ]);
    expect((await accept(token, { email: "c@home.example" })).status).toBe(200);
    expect(coded(await accept(token, { email: "d@home.example" }))).toEqual([409, "limit_reached"]);
  });

  test("nobody invites above themselves, nor into a room of another school", async () => {
    const above = await invite({ emails: ["a@home.example"], role: "super_admin" });
    expect(above.status).toBe(403);
    const { roomId } = api.db.neighbour.rooms.history;
    const elsewhere = await invite({ emails: ["a@home.example"], role: "student", roomId });
    expect(elsewhere.status).toBe(404);
    expect(await pending()).toEqual([]);
  });

  test("a closed school lets nobody in", async () => {
    const token = await inviteByLink();
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`
        select govern_school(${api.db.schoolId}, null, null, null, null, true)`),
    );
    expect(coded(await accept(token, { email: "a@home.example" }))).toEqual([
      403,
      "school_suspended",
    ]);
  });

  test("every act is written down, the token never", async () => {
    await invite({ emails: ["a@home.example"], role: "student" });
    const [{ id } = {}] = await pending();
    await api.call(`POST /api/invitations/${String(id)}/resend`, { as: admin });
    await api.call(`DELETE /api/invitations/${String(id)}`, { as: admin });
    const token = await inviteByLink();
    await accept(token, { email: "b@home.example" });
    const log = await api.call("GET /api/audit", { as: admin });
    expect(log.body.events.map(({ action }) => action)).toEqual([
      "user.joined",
      "invitation.created",
      "invitation.revoked",
      "invitation.resent",
      "user.invited",
    ]);
    expect(log.text).not.toContain(token.split(".")[1]);
  });
});
