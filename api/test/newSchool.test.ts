import { asSuperuser } from "@darasa/database/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OutboxMail } from "../src/mail/outboxMail.ts";
import { cookieOf, createTestApi, type TestApi } from "./testApi.ts";

const password = "seven green lanterns";
const wanted = (slug: string) => ({
  name: "Shule ya Msingi",
  slug,
  language: "sw",
  admin: { name: "Neema", email: "neema@school.example", password },
});
const unlimited = { take: () => Promise.resolve(), giveBack: () => Promise.resolve() };

describe("where the operator lets people make schools", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await createTestApi({ SCHOOL_SIGN_UP: "true" });
    Object.assign(api.services, { limits: unlimited });
  });
  afterAll(() => api.close());
  const create = (body: unknown) => api.call("POST /api/schools", { body });

  test("somebody makes one and is its first admin, signed in, in a school that holds guests back", async () => {
    const made = await create(wanted("msingi"));
    expect(made.status, made.text).toBe(200);
    expect(made.body.user).toMatchObject({
      name: "Neema",
      role: "school_admin",
      language: "sw",
      school: { slug: "msingi", name: "Shule ya Msingi" },
    });
    expect(cookieOf(made)).toMatch(/^darasa_refresh=./);
    const headers = { authorization: `Bearer ${made.body.accessToken}` };
    const school = await api.call("GET /api/school", { headers });
    expect(JSON.parse(school.text)).toMatchObject({
      slug: "msingi",
      signUpLanguage: "sw",
      guestPolicy: "waiting_room",
      studentDirectMessages: false,
      use: { users: 1, rooms: 0 },
    });
    const audit = await api.call("GET /api/audit", { headers });
    expect(JSON.parse(audit.text)).toMatchObject({
      events: [{ action: "school.created", actor: { name: "Neema" } }],
    });
    const again = await api.call("POST /api/auth/login", {
      body: { school: "msingi", email: "neema@school.example", password },
    });
    expect(again.status).toBe(200);
  });

  test.each(["demo", "msingi2x", "api", "a", "new-school"])(
    "%s twice, or reserved: taken",
    async (slug) => {
      if (slug === "msingi2x") expect((await create(wanted(slug))).status).toBe(200);
      const answer = await create(wanted(slug));
      expect([answer.status, answer.body.code]).toEqual([409, "taken"]);
    },
  );

  test("two who want the same name at the same time: one gets it", async () => {
    const answers = await Promise.all([1, 2, 3].map(() => create(wanted("popular"))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const people = await asSuperuser(
      api.db,
      "select from users join schools using (school_id) where slug = 'popular'",
    );
    expect(people).toHaveLength(1);
  });

  test("a weak password makes no school", async () => {
    const body = wanted("feeble");
    const answer = await create({ ...body, admin: { ...body.admin, password: "password1" } });
    expect([answer.status, answer.body.code]).toEqual([422, "weak_password"]);
    expect((await api.call("GET /api/schools/feeble")).status).toBe(404);
  });

  test("a school whose making was cut off is not lost: who asks again gets it, with their own name for it", async () => {
    await api.services.database.createSchool({ slug: "half-made", name: "Somebody Else's" });
    const made = await create(wanted("half-made"));
    expect(made.status).toBe(200);
    expect(made.body.user.school.name).toBe("Shule ya Msingi");
    expect((await create(wanted("half-made"))).body.code).toBe("taken");
  });

  test.each([
    ["no slug", { slug: "" }],
    ["a slug with a slash", { slug: "a/b" }],
    ["a name nobody sees", { name: "\u200b" }],
    ["no admin", { admin: undefined }],
    ["no address", { admin: { name: "Neema", email: "neema", password } }],
  ])("%s is refused", async (_what, change) => {
    expect((await create({ ...wanted("refused"), ...change })).status).toBe(422);
  });
});

describe("where mail is sent", () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await createTestApi({
      SCHOOL_SIGN_UP: "true",
      SMTP_URL: "smtp://127.0.0.1:9",
      MAIL_FROM: "no-reply@school.example",
      PUBLIC_URL: "https://school.example",
    });
    Object.assign(api.services, { limits: unlimited });
  });
  afterAll(() => api.close());

  test("the first admin shows first that the address is theirs, by a link that no Host header moves", async () => {
    const made = await api.call("POST /api/schools", {
      body: wanted("verified"),
      headers: { host: "evil.example" },
    });
    expect([made.status, JSON.parse(made.text)]).toEqual([200, { verify: true }]);
    expect(cookieOf(made)).toBe("");
    const login = { school: "verified", email: "neema@school.example", password };
    const refused = await api.call("POST /api/auth/login", { body: login });
    expect(refused.body.code).toBe("email_unverified");

    const [mail] = await asSuperuser<Pick<OutboxMail, "body"> & { recipient: string }>(
      api.db,
      "select recipient, body from mails order by created_at desc limit 1",
    );
    expect(mail?.recipient).toBe("neema@school.example");
    const [, token] = /https:\/\/school\.example\/verify#(\S+)/.exec(mail?.body ?? "") ?? [];
    const verified = await api.call("POST /api/auth/verify", { body: { token } });
    expect(verified.status, verified.text).toBe(204);
    expect((await api.call("POST /api/auth/login", { body: login })).status).toBe(200);
  });
});

describe("where the operator does not", () => {
  let api: TestApi;
  beforeAll(async () => (api = await createTestApi()));
  afterAll(() => api.close());

  test("there is no such thing, and pages know it", async () => {
    const answer = await api.call("POST /api/schools", { body: wanted("msingi") });
    expect(answer.status).toBe(404);
    expect((await api.call("GET /api/schools/msingi")).status).toBe(404);
    const config = await api.call("GET /config.json");
    expect(JSON.parse(config.text)).toMatchObject({ schoolSignUp: false, mail: false });
  });

  test("one address is soon told to wait", async () => {
    const ask = () => api.call("POST /api/schools", { body: wanted("msingi") });
    const statuses: number[] = [];
    for (let times = 0; times < 8; times += 1) statuses.push((await ask()).status);
    expect(statuses).toContain(429);
  });
});
