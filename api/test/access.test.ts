import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allRoutes } from "../src/allRoutes.ts";
import { describeApi } from "../src/openapi.ts";
import {
  admins,
  createAccessWorld,
  everybody,
  roles,
  signedIn,
  users,
  type AccessWorld,
  type Maker,
  type World,
} from "./accessWorld.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

type Ids = Readonly<Record<string, string>>;

/** How a route is called; what is not given follows from the route. */
interface Call {
  /** For `{id}` and the like in the path; by itself `{id}` is the room, the running class or the person. */
  readonly at?: (world: World, make: Maker) => Ids | Promise<Ids>;
  readonly query?: string;
  readonly body?: (world: World, make: Maker) => unknown;
  readonly headers?: Record<string, string>;
}

type Row = readonly [route: string, statuses: string, call?: Call];

const ourPage = { "sec-fetch-site": "same-origin" };
const demo = (): Ids => ({ slug: "demo" });
const planned = (world: World): Ids => ({ id: world.planned });
const aRoom = async (_: World, make: Maker): Promise<Ids> => ({ id: await make.room() });
const aPerson = async (_: World, make: Maker): Promise<Ids> => ({ id: await make.user() });
const aJitsiKey = ({ schoolId }: World): Ids => ({ schoolId, file: `${"0".repeat(64)}.pem` });
/** None that there is. */
const aRecording = (): Ids => ({ recordingId: randomUUID() });
const anInvitation = async (_: World, make: Maker): Promise<Ids> => ({
  id: await make.invitation(),
});
const aTerm = `from=${Date.UTC(2026, 0, 1)}&to=${Date.UTC(2027, 0, 1)}`;
const term = { name: "Term 1", startsOn: "2026-01-12", endsOn: "2026-04-03" };
const aTermOfSchool = async (): Promise<string> =>
  (await api.call("POST /api/terms", { as: await api.signIn("admin"), body: term })).body.id;

/**
 * Who gets which answer from which route, one status for each role in this order:
 * anonymous | guest, guest elsewhere, waiting guest | student in the room, not in it, removed from its class |
 * teacher, admin, safeguarding | admin of another school
 */
// prettier-ignore
const table: readonly Row[] = [
  ["POST /api/auth/login", everybody(401), { body: () => ({ school: "demo", email: `${randomUUID()}@demo.darasa`, password: "no" }) }],
  ["POST /api/auth/demo", everybody(401), { body: () => ({ key: "guessed" }) }],
  ["POST /api/auth/refresh", everybody(401), { headers: ourPage }],
  ["POST /api/auth/logout", everybody(204), { headers: ourPage }],
  ["POST /api/auth/verify", everybody(410), { body: () => ({ token: "guessed" }) }],
  ["POST /api/auth/forgot", everybody(204), { body: () => ({ school: "demo", email: "nobody@demo.darasa" }) }],
  ["POST /api/auth/reset", everybody(410), { body: () => ({ token: "guessed", password: "a fine long word" }) }],

  ["GET /api/me", signedIn(200)],
  ["PATCH /api/me", users(200), { body: () => ({ preferences: { sound: false } }) }],
  ["POST /api/me/password", users(401), { body: () => ({ current: "guessed", password: "a fine long word" }) }],
  ["POST /api/me/second-factor", users(401), { body: () => ({ password: "guessed" }) }],
  ["POST /api/me/second-factor/confirm", users(409), { body: () => ({ code: "123456" }) }],
  ["POST /api/me/second-factor/disable", users(401), { body: () => ({ password: "guessed", code: "123456" }) }],
  ["POST /api/me/second-factor/recovery-codes", users(409), { body: () => ({ code: "123456" }) }],
  ["GET /api/me/sign-ins", users(200)],
  ["DELETE /api/me/sign-ins/{id}", users(404), { at: (world) => ({ id: world.boardId }) }],
  ["POST /api/me/sign-ins/end-others", users(204)],

  ["GET /api/school", admins(200)],
  ["PATCH /api/school", admins(200), { body: () => ({ lateAfterMinutes: 9 }) }],
  ["GET /api/school/video", users(200)],
  ["GET /api/school/media-servers", admins(200)],
  ["PUT /api/school/media-servers/livekit", admins(422), { body: () => ({ url: "wss://livekit.example", apiKey: "without a secret" }) }],
  ["PUT /api/school/media-servers/jitsi", admins(422), { body: () => ({ domain: "meet.example", appId: "without a secret" }) }],
  ["DELETE /api/school/media-servers/livekit", admins(404)],
  ["DELETE /api/school/media-servers/jitsi", admins(404)],
  ["POST /api/school/media-servers/{kind}/check", admins(200), { at: () => ({ kind: "livekit" }) }],
  ["PUT /api/school/logo", admins(422), { body: () => "no picture", headers: { "content-type": "image/png" } }],
  ["DELETE /api/school/logo", admins(204)],
  ["POST /api/schools", everybody(404), { body: () => ({ name: "X", slug: "x-school", language: "en", admin: { name: "X", email: "x@x.example", password: "a fine long word" } }) }],
  ["GET /api/schools", admins(403)],
  ["GET /api/schools/{slug}", everybody(200), { at: demo }],
  ["PATCH /api/schools/{slug}", admins(403), { at: demo, body: () => ({ maxUsers: 9 }) }],
  ["GET /api/schools/{slug}/logo", everybody(404), { at: demo }],
  ["PUT /api/me/picture", users(422), { body: () => "no picture", headers: { "content-type": "image/png" } }],
  ["DELETE /api/me/picture", users(204)],
  ["GET /api/pictures/{id}", signedIn(404), { at: (world) => ({ id: world.boardId }) }],
  ["GET /api/mails", admins(200)],

  ["GET /api/people", "401  403 403 403  403 403 403  200 200 200  200"],
  ["GET /api/people/{id}", "401  403 403 403  403 403 403  200 200 200  404"],
  ["PATCH /api/people/{id}", admins(200, 404), { body: () => ({ name: "Neema Kimaro" }) }],
  ["POST /api/people/{id}/deactivate", admins(200, 404), { at: aPerson }],
  ["POST /api/people/{id}/reactivate", admins(200, 404), { at: aPerson }],
  ["POST /api/people/{id}/reset-second-factor", admins(200, 404), { at: aPerson }],
  ["POST /api/people/{id}/sign-out", admins(200, 404), { at: aPerson }],
  ["POST /api/people/import/preview", admins(200), { body: () => ({ csv: "name,email\nA,a@demo.darasa", role: "student" }) }],
  ["POST /api/people/import", admins(200), { body: () => ({ csv: "name,email\nA,a@demo.darasa", role: "student" }) }],
  ["GET /api/invitations", admins(200)],
  ["POST /api/invitations", admins(200, 404), { body: (world) => ({ emails: ["b@demo.darasa"], role: "student", roomId: world.roomId }) }],
  ["DELETE /api/invitations/{id}", admins(204, 404), { at: anInvitation }],
  ["POST /api/invitations/{id}/resend", admins(200, 404), { at: anInvitation }],
  ["POST /api/invitations/describe", everybody(410), { body: () => ({ token: "guessed" }) }],
  ["POST /api/invitations/accept", everybody(410), { body: () => ({ token: "guessed", name: "A", password: "a fine long word", language: "en" }) }],
  ["GET /api/audit", "401  403 403 403  403 403 403  403 200 200  200"],
  ["GET /api/audit.csv", "401  403 403 403  403 403 403  403 200 200  200"],

  ["GET /api/join/{code}", everybody(200)],
  ["POST /api/join/{code}", everybody(200), { body: () => ({ name: "Visitor" }) }],
  ["POST /api/join-link/describe", everybody(410), { body: () => ({ token: "guessed" }) }],
  ["POST /api/join-link", everybody(410), { body: () => ({ token: "guessed", name: "Visitor" }) }],

  ["GET /api/rooms", users(200)],
  ["POST /api/rooms", "401  403 403 403  403 403 403  200 200 403  200", { body: () => ({ kind: "group", name: "Chess" }) }],
  ["GET /api/rooms/{id}", "401  403 403 403  200 404 200  200 200 404  404"],
  ["GET /api/rooms/{id}/members", "401  403 403 403  200 404 200  200 200 404  404"],
  ["POST /api/rooms/{id}/members", "401  403 403 403  403 404 403  200 200 404  404", { body: (world) => ({ userId: world.userId, role: "student" }) }],
  ["PATCH /api/rooms/{id}", "401  403 403 403  403 404 403  200 200 404  404", { at: aRoom, body: () => ({ name: "Form 2" }) }],
  ["DELETE /api/rooms/{id}", "401  403 403 403  403 404 403  204 204 404  404", { at: aRoom }],
  ["PATCH /api/rooms/{id}/members/{userId}", "401  403 403 403  403 404 403  200 200 404  404", { body: () => ({ role: "student" }) }],
  ["DELETE /api/rooms/{id}/members/{userId}", "401  403 403 403  403 404 403  204 204 404  404", { at: aRoom }],
  ["POST /api/direct-rooms", "401  403 403 403  403 403 403  200 200 200  404", { body: (world) => ({ userId: world.userId }) }],
  ["GET /api/rooms/{id}/messages", "401  200 404 409  200 404 403  200 200 404  404"],
  ["GET /api/rooms/{id}/boards", "401  200 404 409  200 404 403  200 200 404  404"],
  ["POST /api/rooms/{id}/boards", "401  403 403 403  403 404 403  200 200 404  404", { body: () => ({ title: "Sketch" }) }],

  ["GET /api/live-classes", users(200)],
  ["POST /api/live-classes", "401  403 403 403  403 404 403  200 200 404  404", { body: (world) => ({ roomId: world.roomId, title: "Next" }) }],
  ["GET /api/live-classes/{id}", "401  200 404 200  200 404 200  200 200 404  404"],
  ["PATCH /api/live-classes/{id}", "401  403 403 403  403 404 403  200 200 404  404", { at: planned, body: () => ({ title: "Later" }) }],
  ["POST /api/live-classes/{id}/start", "401  403 403 403  403 404 403  200 200 404  404"],
  ["POST /api/live-classes/{id}/join", "401  200 404 409  200 404 403  200 200 404  404"],
  ["GET /api/live-classes/{id}/video", "401  403 403 403  403 404 403  200 200 404  404"],
  ["POST /api/webhooks/livekit", everybody(401), { body: () => "{}", headers: { "content-type": "application/webhook+json" } }],
  ["POST /api/live-classes/{id}/video-token", "401  409 404 409  409 404 403  409 409 404  404", { body: () => ({ provider: "livekit" }) }],
  ["POST /api/live-classes/{id}/end", "401  403 403 403  403 404 403  200 200 404  404", { at: async (_, make) => ({ id: await make.liveClass() }) }],
  ["POST /api/live-classes/{id}/guest-links", "401  403 403 403  403 404 403  200 200 404  404", { body: () => ({ expiresInHours: 2, skipWaitingRoom: true }) }],
  ["POST /api/live-classes/{id}/new-code", "401  403 403 403  403 404 403  200 200 404  404", { at: async (_, make) => ({ id: await make.liveClass() }) }],
  ["GET /api/live-classes/{id}/waiting", "401  403 403 403  403 404 403  200 200 404  404"],
  ["POST /api/live-classes/{id}/admit", "401  403 403 403  403 404 403  200 200 404  404", { body: async (_, make) => ({ participantIds: [await make.waitingGuest()] }) }],
  ["POST /api/live-classes/{id}/refuse", "401  403 403 403  403 404 403  200 200 404  404", { body: async (_, make) => ({ participantIds: [await make.waitingGuest()] }) }],
  ["POST /api/live-classes/{id}/stop-waiting", "401  404 404 404  403 403 403  403 403 403  403", { at: async (_, make) => ({ id: await make.liveClass() }) }],
  ["GET /api/live-classes/{id}/attendance", "401  403 403 403  403 404 403  200 200 404  404"],
  ["GET /api/live-classes/{id}/attendance.csv", "401  403 403 403  403 404 403  200 200 404  404"],
  ["GET /api/live-classes/{id}/attendance.xlsx", "401  403 403 403  403 404 403  200 200 404  404"],
  ["PATCH /api/live-classes/{id}/attendance/{participantId}", "401  403 403 403  403 404 403  200 200 404  404", { at: (world) => ({ id: world.live, participantId: world.userId }), body: () => ({ verdict: "excused", reason: "Ill" }) }],

  ["GET /api/rooms/{id}/attendance", "401  403 403 403  403 404 403  200 200 404  404", { query: aTerm }],
  ["GET /api/rooms/{id}/attendance.csv", "401  403 403 403  403 404 403  200 200 404  404", { query: aTerm }],
  ["GET /api/rooms/{id}/attendance.xlsx", "401  403 403 403  403 404 403  200 200 404  404", { query: aTerm }],
  ["GET /api/rooms/{id}/attendance/{participantId}", "401  403 403 403  403 404 403  200 200 404  404", { at: (world) => ({ participantId: world.userId }), query: aTerm }],
  ["GET /api/terms", users(200)],
  ["POST /api/terms", admins(200), { body: () => term }],
  ["PUT /api/terms/{id}", admins(200, 404), { at: async () => ({ id: await aTermOfSchool() }), body: () => term }],
  ["DELETE /api/terms/{id}", admins(204, 404), { at: async () => ({ id: await aTermOfSchool() }) }],

  ["GET /api/me/export", users(200)],
  ["GET /api/people/{id}/export", "401  403 403 403  403 403 403  403 200 200  404"],
  ["POST /api/people/{id}/erase", admins(204, 404), { at: aPerson, body: () => ({ confirm: "New" }) }],
  ["POST /api/live-classes/{id}/participants/{participantId}/erase", admins(204, 404), { at: async (world, make) => ({ id: world.live, participantId: await make.waitingGuest() }), body: () => ({ confirm: "Guest" }) }],
  ["GET /api/safeguarding/rooms", "401  403 403 403  403 403 403  403 403 200  403", { query: "query=Maths" }],
  ["GET /api/safeguarding/rooms/{id}/messages", "401  403 403 403  403 403 403  403 403 200  403", { at: (world) => ({ id: world.roomId }), query: "reason=A+worried+parent" }],

  ["POST /api/realtime/ticket", "401  200 404 409  200 404 403  200 200 404  404", { body: (world) => ({ audience: "board", document: world.boardId }) }],

  ["POST /api/webhooks/jitsi/events/{subject}/{verb}", everybody(401), { at: () => ({ subject: "room", verb: "created" }), body: () => ({}) }],
  ["GET /api/live-classes/{id}/recordings", "401  403 403 403  403 404 403  200 200 404  404"],
  ["POST /api/live-classes/{id}/recordings", "401  403 403 403  403 404 403  403 403 404  404"],
  ["POST /api/live-classes/{id}/recordings/{recordingId}/pause", "401  403 403 403  403 404 403  409 409 404  404", { at: aRecording }],
  ["POST /api/live-classes/{id}/recordings/{recordingId}/resume", "401  403 403 403  403 404 403  403 403 404  404", { at: aRecording }],
  ["POST /api/live-classes/{id}/recordings/{recordingId}/stop", "401  403 403 403  403 404 403  409 409 404  404", { at: aRecording }],
  ["GET /api/rooms/{id}/recordings", "401  403 403 403  200 404 403  200 200 404  404"],
  ["GET /api/rooms/{id}/recordings/{recordingId}/link", "401  403 403 403  404 404 403  404 404 404  404", { at: aRecording }],
  ["DELETE /api/rooms/{id}/recordings/{recordingId}", "401  403 403 403  403 404 403  404 404 404  404", { at: aRecording }],
  ["GET /api/recording-files/{token}", everybody(410), { at: () => ({ token: "guessed" }) }],

  ["GET /api/media/jitsi/keys/{file}", everybody(404), { at: aJitsiKey }],
  ["GET /api/media/jitsi/jwks.json", everybody(200)],
  ["GET /api/media/jitsi/schools/{schoolId}/keys/{file}", everybody(404), { at: aJitsiKey }],
  ["GET /api/media/jitsi/schools/{schoolId}/jwks.json", everybody(200), { at: aJitsiKey }],

  ["GET /livez", everybody(200)],
  ["GET /readyz", everybody(503)],
  ["GET /metrics", everybody(200)],
  ["GET /.well-known/jwks.json", everybody(200)],
  ["GET /config.json", everybody(200)],
];

let api: TestApi;
let access: AccessWorld;

beforeAll(async () => {
  // Nothing listens there: readiness is the same for everybody.
  api = await createTestApi({ REALTIME_URL: "http://127.0.0.1:9" });
  // All come from one address, on a clock that stands still.
  const unlimited = { take: () => Promise.resolve(), giveBack: () => Promise.resolve() };
  Object.assign(api.services, { limits: unlimited });
  access = await createAccessWorld(api);
});
afterAll(() => api.close());

const rows = table.map(([route, statuses, call = {}]) => ({ route, statuses, call }));

describe.each(rows)("$route", ({ route, statuses, call }) => {
  const columns = statuses.trim().split(/\s+/).map(Number);
  test.each(roles.map((role, column) => [role, columns[column] ?? 0] as const))(
    "as %s answers %i",
    async (role, status) => {
      const { method, path, body } = await prepare(route, call);
      const as = await access.signIn(role);
      const { headers = {} } = call;
      const answer = await api.call(`${method} ${path}`, { as, body, headers });
      expect(answer.status, answer.text).toBe(status);
      if (status >= 400) {
        expect(answer.headers.get("content-type")).toBe("application/problem+json");
      }
      if (role !== "otherSchool" || status !== 404) return;
      // What another school has looks like what nobody has.
      const nothing = await api.call(`${method} ${elsewhere(path)}`, {
        as,
        body: body === undefined ? undefined : elsewhere(asText(body)),
        headers,
      });
      expect([answer.status, answer.text]).toEqual([nothing.status, nothing.text]);
    },
  );
});

test("every row says what each role gets", () => {
  for (const [route, statuses] of table) {
    expect(statuses.trim().split(/\s+/), route).toHaveLength(roles.length);
  }
});

test("the table has every route of the OpenAPI document, and no other", () => {
  const { paths } = describeApi() as { paths: Record<string, Record<string, unknown>> };
  const documented = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const named = table.map(([route]) => route);
  expect(named.toSorted()).toEqual(documented.toSorted());
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

async function prepare(route: string, call: Call) {
  const { world, make } = access;
  const [method = "", template = ""] = route.split(" ");
  const given = (await call.at?.(world, make)) ?? {};
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = given[name] ?? (name === "id" ? idFor(template, world) : undefined);
    return value ?? (world as unknown as Ids)[name] ?? name;
  });
  return {
    method,
    path: call.query === undefined ? path : `${path}?${call.query}`,
    body: await call.body?.(world, make),
  };
}

function idFor(template: string, world: World): string | undefined {
  const folder = template.split("/")[2] ?? "";
  switch (folder) {
    case "rooms":
      return world.roomId;
    case "live-classes":
      return world.live;
    case "people":
    case "users":
      return world.userId;
    default:
      return undefined;
  }
}

function asText(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** The same with ids that nobody has. */
function elsewhere(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, () => randomUUID());
}
