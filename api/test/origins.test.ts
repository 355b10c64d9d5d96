import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cookieOf, createTestApi, type Person, type TestApi } from "./testApi.ts";

const friend = "https://friend.example";

let api: TestApi;
let teacher: Person;
beforeAll(async () => {
  api = await createTestApi({
    CORS_ORIGINS: `${friend}, https://other.example:8443`,
    PUBLIC_URL: "https://school.example",
  });
  teacher = await api.signIn("teacher");
});
afterAll(() => api.close());

describe("a page of a listed site", () => {
  test("may ask with a token of its own, never with cookies", async () => {
    const answer = await api.call("GET /api/rooms", { as: teacher, headers: { origin: friend } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe(friend);
    expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
    expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
    expect(answer.headers.get("vary")).toContain("Origin");
  });

  test("is told first what it may send", async () => {
    const answer = await api.call("OPTIONS /api/rooms", {
      headers: {
        origin: friend,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(answer.status).toBe(204);
    expect(answer.headers.get("access-control-allow-origin")).toBe(friend);
    expect(answer.headers.get("access-control-allow-methods")).toContain("POST");
    expect(answer.headers.get("access-control-allow-headers")).toBe("Authorization, Content-Type");
    expect(answer.headers.get("access-control-max-age")).toBe("600");
  });

  test("can read why it was refused", async () => {
    const answer = await api.call("GET /api/rooms", { headers: { origin: friend } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("access-control-allow-origin")).toBe(friend);
  });

  test("reads nothing but the API", async () => {
    for (const path of ["/", "/livez", "/metrics", "/config.json"]) {
      const { headers } = await api.call(`GET ${path}`, { headers: { origin: friend } });
      expect(headers.get("access-control-allow-origin"), path).toBeNull();
    }
  });
});

test.each([
  "https://evil.example",
  "http://friend.example",
  "https://friend.example.evil.example",
  "https://friend.example:8443",
  "https://sub.friend.example",
  "https://FRIEND.example",
  "null",
  "*",
])("a page of %s may read nothing", async (origin) => {
  for (const method of ["GET", "OPTIONS"]) {
    const headers = { origin, "access-control-request-method": "POST" };
    const answer = await api.call(`${method} /api/rooms`, { as: teacher, headers });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
    expect(answer.headers.get("access-control-allow-methods")).toBeNull();
    // An answer in a cache is not for others.
    expect(answer.headers.get("vary")).toContain("Origin");
  }
});

test("without a list there is nobody to let in", async () => {
  const alone = await createTestApi();
  const { headers } = await alone.call("GET /api/rooms", { headers: { origin: friend } });
  await alone.close();
  expect(headers.get("access-control-allow-origin")).toBeNull();
});

test.each(["http://a.example", "https://a.example/", "https://a.example/x", "*", "a.example"])(
  "the list takes no %s",
  async (entry) => {
    await expect(createTestApi({ CORS_ORIGINS: entry })).rejects.toThrow("CORS_ORIGINS");
  },
);

describe("the routes that read the cookie", () => {
  const ours = { "sec-fetch-site": "same-origin" };
  const signIn = async () => {
    const body = { school: "demo", email: "baraka@demo.darasa", password: api.db.password };
    return cookieOf(await api.call("POST /api/auth/login", { body }));
  };

  test.each<[string, Record<string, string>]>([
    ["a form of another site", { "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
    ["a sister site", { "sec-fetch-site": "same-site", origin: "https://evil.school.example" }],
    ["a listed site", { "sec-fetch-site": "cross-site", origin: friend }],
    ["an address typed in", { "sec-fetch-site": "none" }],
    ["an older browser on another site", { origin: "https://evil.example" }],
    ["an older browser on a like-named site", { origin: "https://school.example.evil.example" }],
    ["an older browser over http", { origin: "http://school.example" }],
    ["a sandboxed page", { origin: "null" }],
    ["who does not say from where", {}],
  ])("refuse %s, and the sign-in goes on", async (_who, headers) => {
    const cookie = await signIn();
    for (const path of ["/api/auth/refresh", "/api/auth/logout"]) {
      for (const type of ["application/x-www-form-urlencoded", "text/plain", "application/json"]) {
        const answer = await api.call(`POST ${path}`, {
          headers: { ...headers, cookie, "content-type": type },
          body: '{"a":"="}',
        });
        expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
        expect(answer.headers.get("set-cookie")).toBeNull();
      }
    }
    const goesOn = await api.call("POST /api/auth/refresh", { headers: { ...ours, cookie } });
    expect(goesOn.status).toBe(200);
  });

  test("answer a page of this origin, older browsers' too", async () => {
    for (const headers of [ours, { origin: "https://school.example" }]) {
      const cookie = await signIn();
      const answer = await api.call("POST /api/auth/refresh", { headers: { ...headers, cookie } });
      expect(answer.status).toBe(200);
    }
  });

  test("are the only ones for which a cookie is worth anything", async () => {
    const cookie = await signIn();
    for (const path of ["GET /api/me", "GET /api/rooms", "POST /api/rooms"]) {
      expect((await api.call(path, { headers: { ...ours, cookie } })).status).toBe(401);
    }
  });
});
