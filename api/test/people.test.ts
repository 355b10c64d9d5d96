import { sql } from "@darasa/database";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import * as z from "zod";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let admin: Person;
let teacher: Person;
beforeEach(async () => {
  await (api as TestApi | undefined)?.close();
  api = await createTestApi();
  admin = await api.signIn("admin");
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());

/** The people of an answer, by name. */
function namesOf(answer: Answer): string[] {
  return (answer.body.people as readonly { name: string }[]).map(({ name }) => name);
}

async function lastActs(): Promise<unknown[]> {
  const { body } = await api.call("GET /api/audit?limit=10", { as: admin });
  return body.events.map(({ action, details }) => [action, details]);
}

function setRole(person: keyof TestApi["db"]["people"], role: string): Promise<unknown> {
  const { userId } = api.db.people[person];
  return api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`update users set role = ${role} where user_id = ${userId}`),
  );
}

const neema = () => `/api/people/${api.db.people.neema.userId}`;

describe("finding people", () => {
  test("by a part of the name, any case, and by address for those who see them", async () => {
    const find = (query: string, as: Person) => api.call(`GET /api/people?${query}`, { as });
    expect(namesOf(await find("query=KIMA", teacher))).toEqual(["Neema Kimaro"]);
    expect(namesOf(await find("query=neema@", admin))).toEqual(["Neema Kimaro"]);
    expect(namesOf(await find("query=neema@", teacher))).toEqual([]);
    expect(namesOf(await find("query=%25", admin))).toEqual([]);
    expect(namesOf(await find("role=teacher", admin))).toEqual(["Amina Juma"]);
  });

  test("all of them come in pages, each once, by name", async () => {
    const all: string[] = [];
    let after = "";
    for (;;) {
      const page = await api.call(`GET /api/people?limit=4${after}`, { as: admin });
      all.push(...namesOf(page));
      if (!page.body.more) break;
      const people = page.body.people as unknown as readonly { id: string }[];
      after = `&after=${people.at(-1)?.id ?? ""}`;
    }
    expect(all).toHaveLength(9);
    expect(all).toEqual(
      [...all].sort((one, other) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)),
    );
  });

  test("a teacher sees no addresses and nobody whose account is closed", async () => {
    const seen = await api.call(`GET ${neema()}`, { as: teacher });
    expect(seen.body).toMatchObject({ name: "Neema Kimaro", email: null, lastSeenAtMs: null });
    await api.call(`POST ${neema()}/deactivate`, { as: admin });
    expect(namesOf(await api.call("GET /api/people?query=neema", { as: teacher }))).toEqual([]);
    expect((await api.call(`GET ${neema()}`, { as: teacher })).status).toBe(404);
    expect((await api.call("GET /api/people?status=deactivated", { as: teacher })).status).toBe(
      403,
    );
    const closed = await api.call("GET /api/people?status=deactivated", { as: admin });
    expect(namesOf(closed)).toEqual(["Neema Kimaro"]);
  });

  test("nobody of another school", async () => {
    const { userId } = api.db.neighbour.people.student;
    expect((await api.call(`GET /api/people/${userId}`, { as: admin })).status).toBe(404);
    const change = await api.call(`PATCH /api/people/${userId}`, {
      as: admin,
      body: { name: "X" },
    });
    expect(change.status).toBe(404);
    expect(namesOf(await api.call("GET /api/people?query=lyimo", { as: admin }))).toEqual([]);
  });
});

describe("changing somebody", () => {
  test("name, role and address at once, each with its entry in the audit log", async () => {
    const changed = await api.call(`PATCH ${neema()}`, {
      as: admin,
      body: { name: " Neema  K. ", role: "teacher", email: "Neema.K@Demo.Darasa" },
    });
    expect(changed.body).toMatchObject({
      name: "Neema K.",
      role: "teacher",
      email: "neema.k@demo.darasa",
      // No mail can be sent here: nobody could prove it.
      emailVerified: true,
    });
    expect(await lastActs()).toEqual([
      ["user.emailChanged", { from: "neema@demo.darasa", to: "neema.k@demo.darasa" }],
      ["user.roleChanged", { from: "student", to: "teacher" }],
      ["user.renamed", { from: "Neema Kimaro", to: "Neema K." }],
    ]);
  });

  test("what is so already is no act", async () => {
    await api.call(`PATCH ${neema()}`, {
      as: admin,
      body: { name: "Neema Kimaro", role: "student" },
    });
    expect(await lastActs()).toEqual([]);
  });

  test("an address that somebody has is taken", async () => {
    const body = { email: "baraka@demo.darasa" };
    const answer = await api.call(`PATCH ${neema()}`, { as: admin, body });
    expect([answer.status, answer.body.code]).toEqual([409, "taken"]);
  });

  test("the new role holds for the sign-in that is open, at once", async () => {
    const as = await api.signIn("neema");
    expect((await api.call("GET /api/people", { as })).status).toBe(403);
    await api.call(`PATCH ${neema()}`, { as: admin, body: { role: "teacher" } });
    expect((await api.call("GET /api/people", { as })).status).toBe(200);
  });

  test("a teacher who becomes a student is nobody's teacher any more", async () => {
    const { teacher: account } = api.db.people;
    await api.call(`PATCH /api/people/${account.userId}`, { as: admin, body: { role: "student" } });
    const { roomId } = api.db.rooms.mathematics;
    expect((await api.call(`GET /api/rooms/${roomId}`, { as: teacher })).body.role).toBe("student");
  });

  test("a teacher who becomes anything else teaches no live class any more", async () => {
    const { id } = await api.startClass();
    await api.call(`PATCH /api/people/${teacher.id}`, {
      as: admin,
      body: { role: "safeguarding" },
    });
    const seen = await api.call(`GET /api/live-classes/${id}`, { as: teacher });
    expect([seen.body.role, seen.body.code]).toEqual(["student", null]);
    for (const act of ["attendance", "waiting"]) {
      const answer = await api.call(`GET /api/live-classes/${id}/${act}`, { as: teacher });
      expect([act, answer.status]).toEqual([act, 403]);
    }
    expect((await api.call(`POST /api/live-classes/${id}/end`, { as: teacher })).status).toBe(403);
  });

  test("nobody changes themselves, nor anybody above them", async () => {
    const self = await api.call(`PATCH /api/people/${admin.id}`, {
      as: admin,
      body: { role: "teacher" },
    });
    expect([self.status, self.body.code]).toEqual([403, "forbidden"]);
    const lift = await api.call(`PATCH ${neema()}`, { as: admin, body: { role: "super_admin" } });
    expect(lift.status).toBe(403);
    await setRole("juma", "super_admin");
    const { userId } = api.db.people.juma;
    for (const act of ["deactivate", "reset-second-factor", "sign-out"]) {
      expect((await api.call(`POST /api/people/${userId}/${act}`, { as: admin })).status).toBe(403);
    }
  });
});

describe("the last who runs the school", () => {
  test("stays, whoever asks", async () => {
    await setRole("juma", "super_admin");
    const as = await api.signIn("juma");
    for (const call of [
      api.call(`PATCH /api/people/${admin.id}`, { as, body: { role: "teacher" } }),
      api.call(`POST /api/people/${admin.id}/deactivate`, { as }),
    ]) {
      const answer = await call;
      expect([answer.status, answer.body.code]).toEqual([409, "conflict"]);
    }
  });

  test("of two who demote each other at the same time one remains", async () => {
    await setRole("teacher", "school_admin");
    const other = await api.signIn("teacher");
    const demote = (id: string, as: Person) =>
      api.call(`PATCH /api/people/${id}`, { as, body: { role: "student" } });
    const answers = await Promise.all([demote(other.id, admin), demote(admin.id, other)]);
    const [first, second] = answers.map(({ status }) => status).sort();
    expect(first).toBe(200);
    // Whoever is so late that they are a student already may not even ask.
    expect([403, 409]).toContain(second);
    const left = await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.oneFirst(sql.type(z.object({ count: z.number() }))`
        select count(*) from users where role = 'school_admin'`),
    );
    expect(left).toBe(1);
  });
});

describe("closing an account", () => {
  test("ends what is open at once, and for good", async () => {
    const as = await api.signIn("neema");
    const closed = await api.call(`POST ${neema()}/deactivate`, { as: admin });
    expect(closed.body.status).toBe("deactivated");
    expect((await api.call("GET /api/me", { as })).status).toBe(401);
    await api.call(`POST ${neema()}/reactivate`, { as: admin });
    expect((await api.call("GET /api/me", { as })).status).toBe(401);
    const headers = { cookie: as.cookie, "sec-fetch-site": "same-origin" };
    expect((await api.call("POST /api/auth/refresh", { headers })).status).toBe(401);
    expect(await lastActs()).toEqual([
      ["user.reactivated", {}],
      ["user.deactivated", {}],
    ]);
  });

  test("opening it again is refused when the school is full", async () => {
    await api.call(`POST ${neema()}/deactivate`, { as: admin });
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`
        select govern_school(${api.db.schoolId}, 8, null, null, null, null)`),
    );
    const answer = await api.call(`POST ${neema()}/reactivate`, { as: admin });
    expect([answer.status, answer.body.code]).toEqual([409, "limit_reached"]);
  });

  test("signing somebody out ends all of their sign-ins and nobody else's", async () => {
    const [one, other] = [await api.signIn("neema"), await api.signIn("neema")];
    const baraka = await api.signIn("baraka");
    await api.call(`POST ${neema()}/sign-out`, { as: admin });
    for (const as of [one, other]) expect((await api.call("GET /api/me", { as })).status).toBe(401);
    expect((await api.call("GET /api/me", { as: baraka })).status).toBe(200);
    expect(await lastActs()).toEqual([["user.signedOut", {}]]);
  });

  test("the second factor goes with its recovery codes, and its owner signs in anew", async () => {
    const as = await api.signIn("neema");
    const { userId } = api.db.people.neema;
    await api.db.database.inSchool(api.db.schoolId, async (tx) => {
      await tx.query(sql.typeAlias("nothing")`
        update users set totp_secret = ${sql.binary(Buffer.alloc(48))}, totp_confirmed_at = now()
        where user_id = ${userId}`);
      await tx.query(sql.typeAlias("nothing")`
        insert into recovery_codes (school_id, user_id, code_hash)
        values (app_school_id(), ${userId}, ${sql.binary(Buffer.alloc(32))})`);
    });
    const seen = await api.call(`GET ${neema()}`, { as: admin });
    expect(seen.body).toMatchObject({ secondFactor: true });
    const reset = await api.call(`POST ${neema()}/reset-second-factor`, { as: admin });
    expect(reset.body).toMatchObject({ secondFactor: false });
    expect((await api.call("GET /api/me", { as })).status).toBe(401);
    const codes = await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.exists(sql.typeAlias("nothing")`select from recovery_codes`),
    );
    expect(codes).toBe(false);
    expect(await lastActs()).toEqual([["user.secondFactorReset", {}]]);
  });
});
