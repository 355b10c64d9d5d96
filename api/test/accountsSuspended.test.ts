import { afterAll, beforeAll, expect, test } from "vitest";
import { signInWith } from "./passwordDoor.ts";
import { suspend } from "./schoolRows.ts";
import { createTestApi, type TestApi } from "./testApi.ts";

let api: TestApi;
beforeAll(async () => void (api = await createTestApi()));
afterAll(() => api.close());

test("a suspended school says so to those who know the password alone, and ends what was open", async () => {
  const inside = await api.signIn("admin");
  expect((await api.call("GET /api/me", { as: inside })).status).toBe(200);
  await suspend(api, true);
  const email = "admin@demo.darasa";
  const wrong = await signInWith(api, { email, password: "guess" });
  expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
  const right = await signInWith(api, { email });
  expect([right.status, right.body.code]).toEqual([403, "school_suspended"]);
  api.advance(5_000);
  expect((await api.call("GET /api/me", { as: inside })).status).toBe(401);
  const headers = { cookie: inside.cookie, "sec-fetch-site": "same-origin" };
  expect((await api.call("POST /api/auth/refresh", { headers })).status).toBe(401);
  await suspend(api, false);
  expect((await signInWith(api, { email })).status).toBe(200);
  expect((await api.call("POST /api/auth/refresh", { headers })).status).toBe(200);
});
