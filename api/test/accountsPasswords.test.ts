import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeMemoryAttemptDelays } from "../src/attempts/memoryAttemptDelays.ts";
import { makeMemoryRateLimiter } from "../src/limits/memoryRateLimiter.ts";
import { collectControl } from "./collectControl.ts";
import { deviceOf, personOf, signInWith } from "./passwordDoor.ts";
import { auditOf, mailedToken, mailsTo, unverify } from "./schoolRows.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
beforeEach(() => {
  Object.assign(api.services, {
    limits: makeMemoryRateLimiter(api.services.now),
    attempts: makeMemoryAttemptDelays(api.services.now),
  });
});
afterAll(() => api.close());

const hourMs = 3_600_000;
const fine = "mvua ya kwanza";

const forgot = (email: string, school = "demo") =>
  api.call("POST /api/auth/forgot", { body: { school, email } });
const reset = (token: string, password = fine) =>
  api.call("POST /api/auth/reset", { body: { token, password } });
const verify = (token: string) => api.call("POST /api/auth/verify", { body: { token } });

/** Asks for a link and waits for its mail, which is written after the answer. */
async function resetToken(email: string): Promise<string> {
  const before = await mailedToken(api, email, "reset");
  expect((await forgot(email)).status).toBe(204);
  return vi.waitFor(async () => {
    const token = await mailedToken(api, email, "reset");
    expect(token).not.toBe(before);
    return token;
  });
}

describe("a forgotten password", () => {
  test("is set anew by the link in the mail; everybody who was signed in is out", async () => {
    const email = "baraka@demo.darasa";
    const phone = await api.signIn("baraka");
    const tablet = personOf(await signInWith(api, { email }));
    const token = await resetToken(email);
    expect(token).toMatch(new RegExp(`^${api.db.schoolId}\\.[\\w-]{43}$`));

    const told = await collectControl(api, async () => {
      expect((await reset(token)).status).toBe(204);
    });
    expect(told).toMatchObject([
      { kind: "accessChanged", participantId: phone.id, atMs: api.services.now() },
    ]);
    for (const who of [phone, tablet]) {
      expect((await api.call("GET /api/me", { as: who })).status).toBe(401);
    }
    expect((await signInWith(api, { email })).status).toBe(401);
    expect((await signInWith(api, { email, password: fine })).status).toBe(200);
    expect((await mailsTo(api, email)).at(-1)?.body).toContain("Baraka");
    expect((await auditOf(api, phone.id)).at(-1)).toMatchObject({
      action: "user.passwordReset",
      actorId: phone.id,
    });
  });

  test("the link is good once", async () => {
    const token = await resetToken("neema@demo.darasa");
    const answers = await Promise.all([reset(token), reset(token, "mvua ya pili leo")]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 410]);
    expect((await reset(token)).body.code).toBe("link_invalid");
  });

  test("a new link makes the old one worthless", async () => {
    const old = await resetToken("zawadi@demo.darasa");
    const fresh = await resetToken("zawadi@demo.darasa");
    expect((await reset(old)).status).toBe(410);
    expect((await reset(fresh)).status).toBe(204);
  });

  test("the link is good for an hour", async () => {
    const token = await resetToken("juma@demo.darasa");
    api.advance(hourMs);
    expect((await reset(token)).status).toBe(410);
  });

  test("a weak password is refused and leaves the link good", async () => {
    const token = await resetToken("juma@demo.darasa");
    for (const weak of ["short", "password", "juma-is-here"]) {
      const answer = await reset(token, weak);
      expect([answer.status, answer.body.code]).toEqual([422, "weak_password"]);
    }
    expect((await reset(token)).status).toBe(204);
  });

  test("the link shows too that the address is one's own", async () => {
    await unverify(api, api.db.people.daudi.userId);
    expect((await reset(await resetToken("daudi@demo.darasa"))).status).toBe(204);
    const answer = await signInWith(api, { email: "daudi@demo.darasa", password: fine });
    expect(answer.body.user.emailVerified).toBe(true);
  });

  test("whoever opens the mailbox need not wait for those who guess", async () => {
    const email = "daudi@demo.darasa";
    for (let index = 0; index < 25; index += 1) {
      await signInWith(api, { email, password: "guess", address: `198.51.100.${index}` });
    }
    expect((await signInWith(api, { email, password: fine })).status).toBe(429);
    const device = deviceOf(await reset(await resetToken(email), "mvua ya tatu leo"));
    expect((await signInWith(api, { email, password: "mvua ya tatu leo", device })).status).toBe(
      200,
    );
  });

  test("the answer is the same for those who have no account, and nobody gets a mail", async () => {
    const known = await forgot("teacher@demo.darasa");
    for (const [email, school] of [
      ["nobody@demo.darasa", "demo"],
      ["teacher@demo.darasa", "nowhere"],
    ] as const) {
      const answer = await forgot(email, school);
      expect([answer.status, answer.text]).toEqual([known.status, known.text]);
      expect([...answer.headers.keys()]).toEqual([...known.headers.keys()]);
    }
    await vi.waitFor(async () =>
      expect(await mailedToken(api, "teacher@demo.darasa", "reset")).not.toBe(""),
    );
    expect(await mailsTo(api, "nobody@demo.darasa")).toEqual([]);
  });

  test("nobody's mailbox is filled: the fourth link within minutes is refused", async () => {
    for (const email of ["admin@demo.darasa", "nobody@demo.darasa"]) {
      const statuses: number[] = [];
      for (let time = 0; time < 4; time += 1) statuses.push((await forgot(email)).status);
      expect(statuses).toEqual([204, 204, 204, 429]);
    }
  });

  test("a closed account gets no link", async () => {
    const { userId, email } = api.db.people.rehema;
    await api.call(`POST /api/people/${userId}/deactivate`, { as: await api.signIn("admin") });
    await forgot(email);
    await resetToken("teacher@demo.darasa");
    expect(await mailsTo(api, email)).toEqual([]);
  });

  test("a link for verifying resets nothing, nor does one of another school", async () => {
    const { userId, email } = api.db.people.teacher;
    const token = await resetToken(email);
    expect((await verify(token)).status).toBe(410);
    const elsewhere = token.replace(api.db.schoolId, api.db.neighbour.schoolId);
    expect((await reset(elsewhere)).status).toBe(410);
    await unverify(api, userId);
    await signInWith(api, { email });
    expect((await reset(await mailedToken(api, email, "verify"))).status).toBe(410);
    expect((await reset(token)).status).toBe(204);
  });
});

describe("an address that was never shown to be one's own", () => {
  const email = "zawadi@demo.darasa";
  const right = { email, password: fine };

  test("signs nobody in; who knows the password is sent a link, not more than one in ten minutes", async () => {
    await unverify(api, api.db.people.zawadi.userId);
    expect((await signInWith(api, { email, password: "guess" })).body.code).toBe(
      "wrong_credentials",
    );
    expect(await mailedToken(api, email, "verify")).toBe("");
    const refused = await signInWith(api, right);
    expect([refused.status, refused.body.code]).toEqual([403, "email_unverified"]);
    const first = await mailedToken(api, email, "verify");
    await signInWith(api, right);
    expect(await mailedToken(api, email, "verify")).toBe(first);
    api.advance(10 * 60_000);
    await signInWith(api, right);
    const second = await mailedToken(api, email, "verify");
    expect(second).not.toBe(first);

    expect((await verify(first)).status).toBe(410);
    expect((await verify(second)).status).toBe(204);
    expect((await verify(second)).body.code).toBe("link_invalid");
    expect((await signInWith(api, right)).body.user.emailVerified).toBe(true);
  });

  test("the link is good for three days", async () => {
    await unverify(api, api.db.people.zawadi.userId);
    api.advance(10 * 60_000);
    await signInWith(api, right);
    const token = await mailedToken(api, email, "verify");
    api.advance(72 * hourMs);
    expect((await verify(token)).status).toBe(410);
  });
});

describe("changing one's password", () => {
  const email = "baraka@demo.darasa";
  const change = (as: Parameters<TestApi["call"]>[1], current: string, password: string) =>
    api.call("POST /api/me/password", { ...as, body: { current, password } });

  test("ends every other sign-in, tells by mail and keeps this one", async () => {
    const here = personOf(await signInWith(api, { email, password: fine }));
    const there = await api.signIn("baraka");
    await api.call("GET /api/me", { as: there });
    const told = await collectControl(api, async () => {
      expect((await change({ as: here }, fine, "embe dodo tamu")).status).toBe(204);
    });
    expect(told).toHaveLength(1);
    expect((await api.call("GET /api/me", { as: there })).status).toBe(401);
    expect((await api.call("GET /api/me", { as: here })).status).toBe(200);
    expect((await signInWith(api, { email, password: fine })).status).toBe(401);
    expect((await signInWith(api, { email, password: "embe dodo tamu" })).status).toBe(200);
    expect((await auditOf(api, here.id)).at(-1)?.action).toBe("user.passwordChanged");
  });

  test("needs the present one, and a new one that is good enough", async () => {
    const as = await api.signIn("baraka");
    const wrong = await change({ as }, "guess", "nazi mbili leo");
    expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
    const weak = await change({ as }, "embe dodo tamu", "baraka baraka");
    expect([weak.status, weak.body.code]).toEqual([422, "weak_password"]);
    const long = await change({ as }, "embe dodo tamu", "x".repeat(129));
    expect([long.status, long.body.code]).toEqual([422, "bad_request"]);
    expect((await signInWith(api, { email, password: "embe dodo tamu" })).status).toBe(200);
  });

  test("makes links for a forgotten one worthless", async () => {
    const token = await resetToken(email);
    const as = await api.signIn("baraka");
    expect((await change({ as }, "embe dodo tamu", "nazi mbili leo")).status).toBe(204);
    expect((await reset(token)).status).toBe(410);
  });

  test("a stolen sign-in cannot guess it; the owner's other one can change it", async () => {
    const stolen = await api.signIn("neema");
    const own = await api.signIn("neema");
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await change({ as: stolen }, "guess", "nazi mbili leo")).status).toBe(401);
    }
    const refused = await change({ as: stolen }, "guess", "nazi mbili leo");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    const wrong = await change({ as: own }, "guess", "nazi mbili leo");
    expect(wrong.status).toBe(401);
  });
});
