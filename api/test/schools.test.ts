import { asSuperuser } from "@darasa/database/testing";
import { listenControl, type ControlMessage } from "@darasa/database";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { AuditEvent } from "../src/audit/auditEvent.ts";
import type { GovernedSchool } from "../src/schools/governedSchool.ts";
import type { School, SchoolChange } from "../src/schools/schoolSettings.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let admin: Person;
let teacher: Person;

beforeAll(async () => {
  api = await createTestApi();
  const unlimited = { take: () => Promise.resolve(), giveBack: () => Promise.resolve() };
  Object.assign(api.services, { limits: unlimited });
  admin = await api.signIn("admin");
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());

async function read<T>(request: string, as: Person, body?: unknown): Promise<T> {
  const answer = await api.call(request, { as, body });
  expect(answer.status, answer.text).toBe(200);
  return JSON.parse(answer.text) as T;
}
const change = (body: SchoolChange) => read<School>("PATCH /api/school", admin, body);
const newest = async (action: string, as = admin) =>
  (await read<{ events: AuditEvent[] }>(`GET /api/audit?action=${action}`, as)).events[0];

describe("settings", () => {
  test("are seen and changed by those who run the school, with what changed in the audit log", async () => {
    const before = await read<School>("GET /api/school", admin);
    expect(before).toMatchObject({
      slug: "demo",
      guestPolicy: "allowed",
      limits: { maxUsers: 5000 },
    });
    expect(before.use.users).toBeGreaterThan(3);
    expect(before.use.rooms).toBeGreaterThan(1);

    const after = await change({ name: "Shule  ya Demo", colour: "#336699", keepAuditDays: 90 });
    expect(after).toEqual({
      ...before,
      name: "Shule ya Demo",
      colour: "#336699",
      keepAuditDays: 90,
    });
    expect(await newest("school.settingsChanged")).toMatchObject({
      actor: { name: admin.name },
      details: {
        name: "Shule ya Demo",
        "name.was": before.name,
        "colour.was": "#0f766e",
        keepAuditDays: 90,
      },
    });
    const { school } = await read<{ school: object }>("GET /api/me", teacher);
    expect(school).toMatchObject({ name: "Shule ya Demo", colour: "#336699" });
  });

  test("what changes nothing is no entry in the audit log", async () => {
    const last = await newest("school.settingsChanged");
    const now = await change({ studentDirectMessages: false });
    expect(now.studentDirectMessages).toBe(false);
    expect(await newest("school.settingsChanged")).toEqual(last);
  });

  test.each<[string, unknown]>([
    ["a colour by name", { colour: "red" }],
    ["a colour with more behind it", { colour: "#0f766e;}" }],
    ["a name nobody sees", { name: "\u200b" }],
    ["an audit log of a week", { keepAuditDays: 7 }],
    ["half an hour of grace too much", { lateAfterMinutes: 270 }],
    ["everybody may start", { classStarters: "everyone" }],
    ["nobody knows", { guestPolicy: null }],
  ])("%s is refused", async (_what, body) => {
    const before = await read<School>("GET /api/school", admin);
    const answer = await api.call("PATCH /api/school", { as: admin, body });
    expect(answer.status).toBe(422);
    expect(await read<School>("GET /api/school", admin)).toEqual(before);
  });

  test("limits are the operator's: naming them changes nothing", async () => {
    const before = await read<School>("GET /api/school", admin);
    await api.call("PATCH /api/school", {
      as: admin,
      body: { limits: { maxUsers: 9 }, maxUsers: 9 },
    });
    expect(await read<School>("GET /api/school", admin)).toEqual(before);
  });

  test("where only those who run the school start classes, a teacher cannot", async () => {
    const { id } = await api.planClass();
    await change({ classStarters: "admins" });
    const refused = await api.call(`POST /api/live-classes/${id}/start`, { as: teacher });
    expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
    expect((await api.call(`POST /api/live-classes/${id}/start`, { as: admin })).status).toBe(200);
    // It runs: whoever comes back to it is no starter.
    expect((await api.call(`POST /api/live-classes/${id}/start`, { as: teacher })).status).toBe(
      200,
    );
    await change({ classStarters: "teachers" });
    await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  });
});

describe("the operator's people", () => {
  let operator: Person;
  let slug: string;

  beforeAll(async () => {
    slug = api.db.neighbour.slug;
    await asSuperuser(api.db, "update users set role = 'super_admin' where user_id = $1", [
      api.db.people.rehema.userId,
    ]);
    operator = await api.signIn("rehema");
  });

  const govern = (body: unknown, of = slug) =>
    api.call(`PATCH /api/schools/${of}`, { as: operator, body });

  test("see every school, a page at a time", async () => {
    type Page = { schools: GovernedSchool[]; more: boolean };
    const first = await read<Page>("GET /api/schools?limit=1", operator);
    expect(first).toMatchObject({ schools: [{ suspendedAtMs: null }], more: true });
    const after = first.schools[0]?.id;
    const second = await read<Page>(`GET /api/schools?limit=1&after=${after}`, operator);
    expect(second).toMatchObject({ schools: [{ suspendedAtMs: null }], more: false });
    const slugs = [...first.schools, ...second.schools].map((school) => school.slug);
    expect(slugs.toSorted()).toEqual(["demo", slug].toSorted());
  });

  test("set limits, which hold at once", async () => {
    const { use } = await read<School>("GET /api/school", admin);
    const changed = await govern({ maxRooms: use.rooms + 1, maxBoardsPerRoom: 2 }, "demo");
    expect(JSON.parse(changed.text)).toMatchObject({
      limits: { maxRooms: use.rooms + 1, maxBoardsPerRoom: 2, maxUsers: 5000 },
    });
    expect(await newest("school.limitsChanged")).toMatchObject({
      actor: { name: operator.name },
      details: { maxRooms: use.rooms + 1, "maxRooms.was": 2000 },
    });
    const room = { kind: "group", name: "Chess" };
    const rooms = await Promise.all(
      [1, 2, 3].map(() => api.call("POST /api/rooms", { as: teacher, body: room })),
    );
    expect(rooms.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    expect(rooms.find(({ status }) => status === 409)?.body.code).toBe("limit_reached");

    const { roomId } = api.db.rooms.biology;
    const boards = await Promise.all(
      [1, 2, 3].map((title) =>
        api.call(`POST /api/rooms/${roomId}/boards`, {
          as: teacher,
          body: { title: String(title) },
        }),
      ),
    );
    expect(boards.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(boards.find(({ status }) => status !== 200)?.body.code).toBe("limit_reached");
  });

  test.each([{ maxUsers: 0 }, { maxRooms: 1e9 }, { suspended: "yes" }])(
    "%j is refused",
    async (body) => {
      expect((await govern(body)).status).toBe(422);
    },
  );

  test("close a school: nobody's sign-in is worth anything, gateways are told, and it opens again", async () => {
    const theirs = await api.signInNeighbour("teacher");
    const told: ControlMessage[] = [];
    const listener = listenControl(api.db.appUrl, {
      onMessage: (message) => told.push(message),
      onReconnected: () => undefined,
    });
    await listener.ready;
    expect((await api.call("GET /api/me", { as: theirs })).status).toBe(200);

    expect((await govern({ suspended: true })).status).toBe(200);
    await vi.waitFor(() =>
      expect(told).toContainEqual({
        kind: "accessChanged",
        schoolId: api.db.neighbour.schoolId,
        participantId: theirs.id,
        signInIds: null,
        atMs: api.services.now(),
      }),
    );
    await listener.close();
    api.advance(5_000);
    expect((await api.call("GET /api/rooms", { as: theirs })).status).toBe(401);
    const refresh = { headers: { cookie: theirs.cookie, "sec-fetch-site": "same-origin" } };
    expect((await api.call("POST /api/auth/refresh", refresh)).status).toBe(401);
    const { email } = api.db.neighbour.people.teacher;
    const login = (password: string) =>
      api.call("POST /api/auth/login", { body: { school: slug, email, password } });
    expect((await login(api.db.password)).body.code).toBe("school_suspended");
    expect((await login("guessed")).body.code).toBe("wrong_credentials");
    expect((await api.call("GET /api/me", { as: admin })).status).toBe(200);

    await govern({ suspended: false });
    expect((await login(api.db.password)).status).toBe(200);
    const actions = await asSuperuser<{ action: string }>(
      api.db,
      "select action from audit_events where school_id = $1 and action like 'school.%' order by event_id",
      [api.db.neighbour.schoolId],
    );
    expect(actions.map(({ action }) => action)).toEqual(["school.suspended", "school.resumed"]);
  });

  test("cannot close their own school, nor govern one that does not exist", async () => {
    expect((await govern({ suspended: true }, "demo")).body.code).toBe("conflict");
    expect((await govern({ suspended: true }, "nowhere")).status).toBe(404);
  });

  test("an admin of a school is none of them", async () => {
    const answer = await api.call(`PATCH /api/schools/${slug}`, {
      as: admin,
      body: { maxUsers: 9 },
    });
    expect(answer.status).toBe(403);
    expect((await api.call("GET /api/schools", { as: admin })).status).toBe(403);
  });
});
