import { sql } from "@darasa/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRoutes } from "../src/allRoutes.ts";
import { describeApi } from "../src/openapi.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

/** Everybody who may come, in the order of the table's columns. */
const roles = [
  "anonymous",
  "guest",
  "guestElsewhere",
  "studentIn",
  "studentOut",
  "teacher",
  "admin",
  "otherSchool",
] as const;
type Role = (typeof roles)[number];

/** What of the world a row is about; each call gets a fresh one where the call changes it. */
interface World {
  readonly roomId: string;
  readonly boardId: string;
  readonly userId: string;
  /** Running, and the guest is in it. */
  readonly live: string;
  /** The running class's code. */
  readonly code: string;
  /** Planned, in another room. */
  readonly planned: string;
}

interface Row {
  /** The method and path of the OpenAPI document. */
  readonly route: string;
  /** How to call it: path and body. */
  readonly path: (world: World) => string;
  readonly body?: (world: World) => unknown;
  readonly headers?: Record<string, string>;
  /** One status per role. */
  readonly statuses: readonly [number, number, number, number, number, number, number, number];
}

const fixed = (path: string) => () => path;
const room =
  (rest = "") =>
  (world: World) =>
    `/api/rooms/${world.roomId}${rest}`;
const live =
  (rest = "") =>
  (world: World) =>
    `/api/live-classes/${world.live}${rest}`;
const planned =
  (rest = "") =>
  (world: World) =>
    `/api/live-classes/${world.planned}${rest}`;
const open = [200, 200, 200, 200, 200, 200, 200, 200] as const;
const ourPage = { "sec-fetch-site": "same-origin" };

// prettier-ignore
const table: readonly Row[] = [
  //                                                                             anon guest other in  out  teach admin else
  { route: "POST /api/auth/login", path: fixed("/api/auth/login"), body: () => ({ school: "demo", email: "baraka@demo.darasa", password: "no" }),
    statuses: [401, 401, 401, 401, 401, 401, 401, 401] },
  { route: "POST /api/auth/demo", path: fixed("/api/auth/demo"), body: () => ({ key: "guessed" }),
    statuses: [401, 401, 401, 401, 401, 401, 401, 401] },
  { route: "POST /api/auth/refresh", path: fixed("/api/auth/refresh"), headers: ourPage,
    statuses: [401, 401, 401, 401, 401, 401, 401, 401] },
  { route: "POST /api/auth/logout", path: fixed("/api/auth/logout"), headers: ourPage,
    statuses: [204, 204, 204, 204, 204, 204, 204, 204] },
  { route: "POST /api/auth/verify", path: fixed("/api/auth/verify"), body: () => ({ token: "guessed" }),
    statuses: [410, 410, 410, 410, 410, 410, 410, 410] },
  { route: "POST /api/auth/forgot", path: fixed("/api/auth/forgot"), body: () => ({ school: "demo", email: "nobody@demo.darasa" }),
    statuses: [204, 204, 204, 204, 204, 204, 204, 204] },
  { route: "POST /api/auth/reset", path: fixed("/api/auth/reset"), body: () => ({ token: "guessed", password: "a fine long word" }),
    statuses: [410, 410, 410, 410, 410, 410, 410, 410] },
  { route: "GET /api/me", path: fixed("/api/me"),                      statuses: [401, 200, 200, 200, 200, 200, 200, 200] },
  { route: "PATCH /api/me", path: fixed("/api/me"), body: () => ({ preferences: { sound: false } }),
    statuses: [401, 403, 403, 200, 200, 200, 200, 200] },
  { route: "POST /api/me/password", path: fixed("/api/me/password"), body: () => ({ current: "guessed", password: "a fine long word" }),
    statuses: [401, 403, 403, 401, 401, 401, 401, 401] },
  { route: "POST /api/me/second-factor", path: fixed("/api/me/second-factor"), body: () => ({ password: "guessed" }),
    statuses: [401, 403, 403, 401, 401, 401, 401, 401] },
  { route: "POST /api/me/second-factor/confirm", path: fixed("/api/me/second-factor/confirm"), body: () => ({ code: "123456" }),
    statuses: [401, 403, 403, 409, 409, 409, 409, 409] },
  { route: "POST /api/me/second-factor/disable", path: fixed("/api/me/second-factor/disable"), body: () => ({ password: "guessed", code: "123456" }),
    statuses: [401, 403, 403, 401, 401, 401, 401, 401] },
  { route: "POST /api/me/second-factor/recovery-codes", path: fixed("/api/me/second-factor/recovery-codes"), body: () => ({ code: "123456" }),
    statuses: [401, 403, 403, 409, 409, 409, 409, 409] },
  { route: "GET /api/me/sign-ins", path: fixed("/api/me/sign-ins"),    statuses: [401, 403, 403, 200, 200, 200, 200, 200] },
  { route: "DELETE /api/me/sign-ins/{id}", path: (world) => `/api/me/sign-ins/${world.boardId}`,
    statuses: [401, 403, 403, 404, 404, 404, 404, 404] },
  { route: "POST /api/me/sign-ins/end-others", path: fixed("/api/me/sign-ins/end-others"),
    statuses: [401, 403, 403, 204, 204, 204, 204, 204] },
  { route: "GET /api/join/{code}", path: (world) => `/api/join/${world.code}`, statuses: open },
  { route: "POST /api/join/{code}", path: (world) => `/api/join/${world.code}`, body: () => ({ name: "Visitor" }), statuses: open },

  { route: "GET /api/rooms", path: fixed("/api/rooms"),                statuses: [401, 403, 403, 200, 200, 200, 200, 200] },
  { route: "POST /api/rooms", path: fixed("/api/rooms"), body: () => ({ kind: "group", name: "Chess" }),
    statuses: [401, 403, 403, 403, 403, 200, 200, 200] },
  { route: "GET /api/rooms/{id}", path: room(),                        statuses: [401, 403, 403, 200, 404, 200, 200, 404] },
  { route: "GET /api/rooms/{id}/members", path: room("/members"),      statuses: [401, 403, 403, 200, 404, 200, 200, 404] },
  { route: "POST /api/rooms/{id}/members", path: room("/members"), body: (world) => ({ userId: world.userId, role: "student" }),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "GET /api/rooms/{id}/messages", path: room("/messages"),    statuses: [401, 200, 404, 200, 404, 200, 200, 404] },
  { route: "GET /api/rooms/{id}/boards", path: room("/boards"),        statuses: [401, 200, 404, 200, 404, 200, 200, 404] },
  { route: "POST /api/rooms/{id}/boards", path: room("/boards"), body: () => ({ title: "Sketch" }),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },

  { route: "GET /api/live-classes", path: fixed("/api/live-classes"),  statuses: [401, 403, 403, 200, 200, 200, 200, 200] },
  { route: "POST /api/live-classes", path: fixed("/api/live-classes"), body: (world) => ({ roomId: world.roomId, title: "Next" }),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "GET /api/live-classes/{id}", path: live(),                 statuses: [401, 200, 404, 200, 404, 200, 200, 404] },
  { route: "PATCH /api/live-classes/{id}", path: planned(), body: () => ({ title: "Later" }),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "POST /api/live-classes/{id}/start", path: live("/start"),  statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "POST /api/live-classes/{id}/join", path: live("/join"),    statuses: [401, 200, 404, 200, 404, 200, 200, 404] },
  { route: "POST /api/live-classes/{id}/end", path: live("/end"),      statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "GET /api/live-classes/{id}/attendance", path: live("/attendance"),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "GET /api/live-classes/{id}/attendance.csv", path: live("/attendance.csv"),
    statuses: [401, 403, 403, 403, 404, 200, 200, 404] },
  { route: "POST /api/realtime/ticket", path: fixed("/api/realtime/ticket"), body: (world) => ({ audience: "board", document: world.boardId }),
    statuses: [401, 200, 404, 200, 404, 200, 200, 404] },

  { route: "GET /livez", path: fixed("/livez"),                        statuses: open },
  { route: "GET /readyz", path: fixed("/readyz"),                      statuses: [503, 503, 503, 503, 503, 503, 503, 503] },
  { route: "GET /metrics", path: fixed("/metrics"),                    statuses: open },
  { route: "GET /.well-known/jwks.json", path: fixed("/.well-known/jwks.json"), statuses: open },
  { route: "GET /config.json", path: fixed("/config.json"),            statuses: open },
];

let api: TestApi;
let people: Record<Role, Person | undefined>;
let world: World;

beforeAll(async () => {
  // Nothing listens there: readiness is the same for everybody.
  api = await createTestApi({ REALTIME_URL: "http://127.0.0.1:9" });
  const { rooms } = api.db;
  const admin = await api.signIn("admin");
  const other = await api.planClass({ roomId: rooms.biology.roomId });
  const plannedClass = await api.planClass();
  const running = await api.startClass();
  // Rehema belongs to the school but not to the room.
  await removeMember(rooms.mathematics.roomId, api.db.people.rehema.userId);
  people = {
    anonymous: undefined,
    guest: await api.joinAsGuest(running.code),
    guestElsewhere: await api.joinAsGuest(other.code),
    studentIn: await api.signIn("baraka"),
    studentOut: await api.signIn("rehema"),
    teacher: await api.signIn("teacher"),
    admin,
    otherSchool: await neighbourAdmin(),
  };
  await api.call(`POST /api/live-classes/${other.id}/start`, { as: people.teacher });
  world = {
    roomId: rooms.mathematics.roomId,
    boardId: rooms.mathematics.boardId,
    userId: api.db.people.neema.userId,
    live: running.id,
    code: running.code,
    planned: plannedClass.id,
  };
});
afterAll(() => api.close());

describe.each(table)("$route", (row) => {
  test.each(roles.map((role, column) => [role, row.statuses[column]] as const))(
    "as %s answers %i",
    async (role, status) => {
      const own = row.route.endsWith("/end") ? { ...world, live: await anotherLiveClass() } : world;
      const [method = ""] = row.route.split(" ");
      const answer = await api.call(`${method} ${row.path(own)}`, {
        as: people[role],
        body: row.body?.(own),
        ...(row.headers ? { headers: row.headers } : {}),
      });
      expect(answer.status, answer.text).toBe(status);
      if (answer.status >= 400)
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
    },
  );
});

test("the table has every route of the OpenAPI document, and no other", () => {
  const { paths } = describeApi() as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(table.map((row) => row.route).toSorted()).toEqual(documented.toSorted());
});

test("every route declares its access, and the document says which need a token", () => {
  const { paths } = describeApi() as {
    paths: Record<string, Record<string, { security?: unknown[] }>>;
  };
  for (const route of allRoutes) {
    const isOpen = ["anonymous", "refreshCookie"].includes(route.access);
    expect(paths[route.path]?.[route.method]?.security === undefined, route.path).toBe(isOpen);
  }
});

/** Ending is for good: every call gets a class of its own in a room of its own. */
async function anotherLiveClass(): Promise<string> {
  const { teacher, studentIn } = people;
  const made = await api.call("POST /api/rooms", {
    as: teacher,
    body: { kind: "class", name: "X" },
  });
  const roomId = made.body.id;
  await api.call(`POST /api/rooms/${roomId}/members`, {
    as: teacher,
    body: { userId: studentIn?.id, role: "student" },
  });
  const plan = await api.call("POST /api/live-classes", {
    as: teacher,
    body: { roomId, title: "Ends" },
  });
  const id = plan.body.id;
  await api.call(`POST /api/live-classes/${id}/start`, { as: teacher });
  return id;
}

async function removeMember(roomId: string, userId: string): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      delete from room_members where room_id = ${roomId} and user_id = ${userId}`),
  );
}

async function neighbourAdmin(): Promise<Person> {
  const { schoolId, people: neighbours } = api.db.neighbour;
  await api.db.database.inSchool(schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update users set role = 'school_admin' where user_id = ${neighbours.teacher.userId}`),
  );
  return api.signInNeighbour("teacher");
}
