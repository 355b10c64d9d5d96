import { sql } from "@darasa/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { makeMemoryRateLimiter } from "../src/limits/memoryRateLimiter.ts";
import { cookieOf, createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
beforeEach(() => void Object.assign(api.services.limits, makeMemoryRateLimiter(api.services.now)));
afterAll(() => api.close());

const credentials = { school: "demo", email: "baraka@demo.darasa", password: "open sesame" };

function login(change: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  return api.call("POST /api/auth/login", { body: { ...credentials, ...change }, headers });
}

describe("signing in", () => {
  test("gives an access token, the person and a refresh cookie", async () => {
    const answer = await login();
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      expiresInSeconds: 900,
      user: {
        id: api.db.people.baraka.userId,
        name: "Baraka Mushi",
        email: "baraka@demo.darasa",
        role: "student",
        language: "en",
        school: { id: api.db.schoolId, name: "Demo School", slug: "demo" },
        guestOf: null,
      },
    });
    expect(cookieOf(answer)).toContain(`darasa_refresh=${api.db.schoolId}.`);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const me = await api.call("GET /api/me", {
      headers: { authorization: `Bearer ${answer.body.accessToken}` },
    });
    expect(me.body).toEqual(answer.body.user);
  });

  test("forgives case and spaces in school and e-mail", async () => {
    expect((await login({ school: " Demo ", email: " Baraka@Demo.darasa " })).status).toBe(200);
  });

  test.each([
    ["wrong password", { password: "open sesame " }],
    ["unknown account", { email: "nobody@demo.darasa" }],
    ["unknown school", { school: "nowhere" }],
    ["account of another school", { email: "teacher@neighbour.example" }],
  ])("%s: the same answer", async (_what, change) => {
    const answer = await login(change);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({
      type: "urn:darasa:problem:wrong_credentials",
      title: "The e-mail or the password is not right.",
      status: 401,
      code: "wrong_credentials",
    });
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  test("known or not, every attempt is checked against one hash; what is too long against none", async () => {
    const { passwords } = api.services;
    const verify = vi.spyOn(passwords, "verify");
    for (const change of [
      { password: "guess" },
      { email: "nobody@demo.darasa" },
      { school: "nowhere" },
      { email: "teacher@neighbour.example" },
    ]) {
      verify.mockClear();
      expect((await login(change)).status).toBe(401);
      expect(verify).toHaveBeenCalledOnce();
    }
    verify.mockClear();
    for (const password of ["x".repeat(10_000), "x".repeat(129), "é".repeat(65), ""]) {
      const answer = await login({ password });
      expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
    }
    expect(verify).not.toHaveBeenCalled();
    verify.mockRestore();
  });

  test("a closed account cannot sign in, and its sign-ins end within seconds", async () => {
    const person = await api.signIn("daudi");
    await api.call("GET /api/me", { as: person });
    await closeAccount(person.id);
    expect((await login({ email: "daudi@demo.darasa" })).status).toBe(401);
    api.advance(5_000);
    expect((await api.call("GET /api/rooms", { as: person })).status).toBe(401);
  });

  test("a change of role takes effect within seconds, whatever the token says", async () => {
    const person = await api.signIn("juma");
    const room = { body: { kind: "group", name: "Chess" }, as: person };
    expect((await api.call("POST /api/rooms", room)).status).toBe(403);
    await setRole(person.id, "teacher");
    api.advance(5_000);
    expect((await api.call("POST /api/rooms", room)).status).toBe(200);
  });
});

describe("limits", () => {
  test("one address cannot try endless accounts", async () => {
    const { limits } = api.services;
    for (let time = 0; time < 100; time += 1) await limits.take("login", "address", "203.0.113.9");
    const answer = await login({}, { "x-forwarded-for": "203.0.113.9" });
    expect(answer.status).toBe(429);
  });

  test("an IPv6 household is one visitor, whichever of its addresses it takes", async () => {
    for (let guess = 0; guess < 5; guess += 1) {
      const from = { "x-forwarded-for": `2001:db8:0:7::${guess}` };
      expect((await login({ password: "guess" }, from)).status).toBe(401);
    }
    expect((await login({}, { "x-forwarded-for": "2001:db8:0:7::ffff" })).status).toBe(429);
    expect((await login({}, { "x-forwarded-for": "2001:db8:0:8::1" })).status).toBe(200);
  });
});

describe("the demo link", () => {
  const demo = (key: string) => api.call("POST /api/auth/demo", { body: { key } });

  test("signs the demo teacher in by its key", async () => {
    const answer = await demo("one-click");
    expect(answer.status).toBe(200);
    expect(answer.body.user).toMatchObject({ name: "Amina Juma", role: "teacher" });
    expect(cookieOf(answer)).toContain("darasa_refresh=");
  });

  test("a wrong key is refused", async () => {
    expect((await demo("one-clicK")).status).toBe(401);
  });

  test("without a configured key there is no such thing", async () => {
    const plain = await createTestApi({ DEMO_KEY: "" });
    const answer = await plain.call("POST /api/auth/demo", { body: { key: "one-click" } });
    await plain.close();
    expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
  });
});

async function closeAccount(userId: string): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update users set deactivated_at = now() where user_id = ${userId}`),
  );
}

async function setRole(userId: string, role: string): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`update users set role = ${role} where user_id = ${userId}`),
  );
}
