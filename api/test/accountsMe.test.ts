import { hasSchoolPermission, schoolPermissions, type SchoolRole } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditOf } from "./schoolRows.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

const change = (as: Person, body: unknown) => api.call("PATCH /api/me", { as, body });

describe("who one is", () => {
  test.each([
    ["baraka", "student"],
    ["teacher", "teacher"],
    ["admin", "school_admin"],
  ] as const)("%s learns what a %s may do", async (name, role: SchoolRole) => {
    const { body } = await api.call("GET /api/me", { as: await api.signIn(name) });
    expect(body).toMatchObject({
      role,
      picture: null,
      preferences: {},
      secondFactor: false,
      emailVerified: true,
      permissions: schoolPermissions.filter((permission) => hasSchoolPermission(role, permission)),
      school: { slug: "demo", name: "Demo School", colour: "#0f766e", logo: null },
    });
  });

  test("a guest may do nothing in the school", async () => {
    const guest = await api.joinAsGuest((await api.startClass()).code, "Asha");
    const { body } = await api.call("GET /api/me", { as: guest });
    expect(body).toMatchObject({ name: "Asha", role: "guest", email: null, permissions: [] });
  });
});

describe("changing one's own account", () => {
  test("language and preferences are kept; null takes one away", async () => {
    const person = await api.signIn("baraka");
    const set = { language: "sw", preferences: { sound: false, "chat.size": 2, theme: "dark" } };
    expect((await change(person, set)).body).toMatchObject(set);
    const next = await change(person, { preferences: { sound: null, theme: "light" } });
    expect(next.body).toMatchObject({
      language: "sw",
      preferences: { "chat.size": 2, theme: "light" },
    });
    expect((await api.call("GET /api/me", { as: person })).body).toEqual(next.body);
  });

  test("two tabs that change different preferences both have their way", async () => {
    const person = await api.signIn("neema");
    await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        change(person, { preferences: { [`p${index}`]: index } }),
      ),
    );
    const { body } = await api.call("GET /api/me", { as: person });
    expect(body).toMatchObject({ preferences: { p0: 0, p3: 3, p7: 7 } });
  });

  test.each([
    ["too many", Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`p${index}`, true]))],
    ["too long", { theme: "x".repeat(201) }],
    ["nested", { theme: { dark: true } }],
    ["of a strange name", { "' or 1=1": true }],
  ])("preferences that are %s are refused", async (_what, preferences) => {
    const answer = await change(await api.signIn("neema"), { preferences });
    expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
  });

  test("preferences cannot be heaped up either", async () => {
    const person = await api.signIn("zawadi");
    const heap = async (prefix: string) =>
      change(person, {
        preferences: Object.fromEntries(
          Array.from({ length: 8 }, (_, index) => [`${prefix}${index}`, "x".repeat(190)]),
        ),
      });
    expect((await heap("a")).status).toBe(200);
    const refused = await heap("b");
    expect([refused.status, refused.body.code]).toEqual([422, "bad_request"]);
  });

  test("teachers change their name; students keep the one of the register", async () => {
    const teacher = await api.signIn("teacher");
    expect((await change(teacher, { name: "  Amina   Hassan " })).body).toMatchObject({
      name: "Amina Hassan",
    });
    expect((await auditOf(api, teacher.id)).at(-1)).toMatchObject({
      action: "user.renamed",
      details: { name: "Amina Hassan" },
    });
    const student = await api.signIn("baraka");
    const refused = await change(student, { name: "Batman" });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    expect((await change(student, { name: student.name })).status).toBe(200);
  });
});
