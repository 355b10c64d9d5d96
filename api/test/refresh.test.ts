import { afterAll, beforeAll, expect, test } from "vitest";
import { collectControl } from "./collectControl.ts";
import { auditOf } from "./schoolRows.ts";
import { cookieOf, createTestApi, type Answer, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

const ourPage = { "sec-fetch-site": "same-origin" };

function refresh(cookie: string, headers: Record<string, string> = ourPage): Promise<Answer> {
  return api.call("POST /api/auth/refresh", { headers: { cookie, ...headers } });
}

test("a refresh gives a new access token that works, and a new cookie", async () => {
  const { cookie, id } = await api.signIn("baraka");
  const renewed = await refresh(cookie);
  expect(renewed.status).toBe(200);
  expect(cookieOf(renewed)).not.toBe(cookie);
  expect(cookieOf(renewed)).toMatch(/^darasa_refresh=[0-9a-f-]{36}\.[\w-]{43}$/);
  const me = await api.call("GET /api/me", {
    headers: { authorization: `Bearer ${renewed.body.accessToken}` },
  });
  expect(me.body).toMatchObject({ id, role: "student", guestOf: null });
});

test("the cookie is out of reach of scripts and other sites, and goes to /api/auth only", async () => {
  const { cookie } = await api.signIn("baraka");
  const set = (await refresh(cookie)).headers.get("set-cookie") ?? "";
  expect(set).toContain("HttpOnly");
  expect(set).toContain("SameSite=Lax");
  expect(set).toContain("Path=/api/auth");
  expect(set).not.toContain("Secure");
});

test("the cookie is Secure when the browser came by https through a trusted proxy", async () => {
  const { cookie } = await api.signIn("baraka");
  const answer = await refresh(cookie, { ...ourPage, "x-forwarded-proto": "https" });
  expect(answer.headers.get("set-cookie")).toContain("Secure");
});

test("tokens rotate on and on: each successor works", async () => {
  let { cookie } = await api.signIn("baraka");
  for (let round = 0; round < 3; round += 1) {
    api.advance(15 * 60_000);
    const renewed = await refresh(cookie);
    expect(renewed.status).toBe(200);
    cookie = cookieOf(renewed);
  }
});

test("nobody fills the database with tokens: whoever renews without end has to wait", async () => {
  let { cookie } = await api.signIn("rehema");
  const statuses: number[] = [];
  for (let round = 0; round < 130; round += 1) {
    const renewed = await refresh(cookie);
    statuses.push(renewed.status);
    cookie = cookieOf(renewed) || cookie;
  }
  expect(statuses.slice(0, 60)).toEqual(Array(60).fill(200));
  expect(statuses.at(-1)).toBe(429);
  // The sign-in goes on.
  api.advance(60_000);
  expect((await refresh(cookie)).status).toBe(200);
});

test("two tabs that refresh at the same time get the same successor and both go on", async () => {
  const { cookie } = await api.signIn("neema");
  const [one, other] = await Promise.all([refresh(cookie), refresh(cookie)]);
  expect([one.status, other.status]).toEqual([200, 200]);
  expect(cookieOf(one)).toBe(cookieOf(other));
  api.advance(60_000);
  expect((await refresh(cookieOf(one))).status).toBe(200);
});

test("a second use within the grace is still a second tab", async () => {
  const { cookie } = await api.signIn("neema");
  const first = await refresh(cookie);
  api.advance(9_000);
  const second = await refresh(cookie);
  expect(second.status).toBe(200);
  expect(cookieOf(second)).toBe(cookieOf(first));
});

test("a use after the grace revokes the family: successor and access tokens end too", async () => {
  const { cookie } = await api.signIn("neema");
  const first = await refresh(cookie);
  api.advance(11_000);
  const reused = await refresh(cookie);
  expect(reused.status).toBe(401);
  expect(reused.body).toMatchObject({ code: "unauthenticated" });
  expect((await refresh(cookieOf(first))).status).toBe(401);
  const me = await api.call("GET /api/me", {
    headers: { authorization: `Bearer ${first.body.accessToken}` },
  });
  expect(me.status).toBe(401);
});

test("a theft is told to the gateways and written down, once", async () => {
  const person = await api.signIn("zawadi");
  const first = await refresh(person.cookie);
  api.advance(11_000);
  const told = await collectControl(api, () => refresh(person.cookie));
  const claims = first.body.accessToken.split(".")[1] ?? "";
  const { signIn } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { signIn: string };
  expect(told).toEqual([
    {
      kind: "accessChanged",
      schoolId: api.db.schoolId,
      participantId: person.id,
      signInIds: [signIn],
      atMs: api.services.now(),
    },
  ]);
  await refresh(person.cookie);
  const audit = await auditOf(api, person.id);
  expect(audit.filter(({ action }) => action === "signIn.tokenReused")).toMatchObject([
    { actorId: null, details: { signInId: signIn } },
  ]);
});

test("a grandparent within the grace revokes the family as well", async () => {
  const { cookie } = await api.signIn("neema");
  const second = await refresh(cookie);
  const third = await refresh(cookieOf(second));
  expect(third.status).toBe(200);
  expect((await refresh(cookie)).status).toBe(401);
  expect((await refresh(cookieOf(third))).status).toBe(401);
});

test("a sign-in is over after 30 days, a guest's after 24 hours", async () => {
  const { code } = await api.planClass();
  const guest = await api.joinAsGuest(code);
  const user = await api.signIn("juma");
  api.advance(24 * 3_600_000 + 1);
  expect((await refresh(guest.cookie)).status).toBe(401);
  expect((await refresh(user.cookie)).status).toBe(200);
  const later = await api.signIn("juma");
  api.advance(30 * 24 * 3_600_000 + 1);
  expect((await refresh(later.cookie)).status).toBe(401);
});

test("signing out ends the sign-in at once and takes the cookie away", async () => {
  const person = await api.signIn("zawadi");
  expect((await api.call("GET /api/me", { as: person })).status).toBe(200);
  const out = await api.call("POST /api/auth/logout", {
    headers: { cookie: person.cookie, ...ourPage },
  });
  expect(out.status).toBe(204);
  expect(out.headers.get("set-cookie")).toContain("Max-Age=0");
  expect((await refresh(person.cookie)).status).toBe(401);
  expect((await api.call("GET /api/me", { as: person })).status).toBe(401);
});

test("signing out without a cookie, or twice, is no error", async () => {
  expect((await api.call("POST /api/auth/logout", { headers: ourPage })).status).toBe(204);
});

test.each([
  ["another site by Fetch Metadata", { "sec-fetch-site": "cross-site" }],
  ["a sister host by Fetch Metadata", { "sec-fetch-site": "same-site" }],
  ["another origin", { origin: "https://school.example.evil", host: "school.example" }],
  ["an opaque origin", { origin: "null", host: "school.example" }],
  ["nobody knows where", {}],
])("a refresh from %s is refused", async (_where, headers: Record<string, string>) => {
  const { cookie } = await api.signIn("daudi");
  const answer = await refresh(cookie, headers);
  expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
});

test("a browser without Fetch Metadata is believed by its Origin", async () => {
  const { cookie } = await api.signIn("daudi");
  const headers = { origin: "http://school.example:3000", host: "school.example:3000" };
  expect((await refresh(cookie, headers)).status).toBe(200);
});

test.each(["", "x", "darasa_refresh=", "darasa_refresh=abc.def", "darasa_refresh=%00.%00"])(
  "the cookie %j is not a sign-in",
  async (cookie) => {
    const answer = await refresh(cookie);
    expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
  },
);

test("a refresh token is worth nothing in another school", async () => {
  const { cookie } = await api.signIn("daudi");
  const elsewhere = cookie.replace(api.db.schoolId, api.db.neighbour.schoolId);
  expect((await refresh(elsewhere)).status).toBe(401);
});

test("a refresh token is no access token", async () => {
  const { cookie } = await api.signIn("daudi");
  const token = cookie.split("=")[1] ?? "";
  const answer = await api.call("GET /api/me", { headers: { authorization: `Bearer ${token}` } });
  expect([answer.status, answer.body.code]).toEqual([401, "unauthenticated"]);
});
