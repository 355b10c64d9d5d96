import { sql } from "@darasa/database";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as z from "zod";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

const lines: string[] = [];
const secrets: Record<string, string> = {};
let api: TestApi;
let admin: Person;

beforeAll(async () => {
  api = await createTestApi({}, { level: "debug", write: (line) => lines.push(line) });
  admin = await api.signIn("admin");
});
afterAll(() => api.close());

const ourPage = { "sec-fetch-site": "same-origin" };

/** The secret of the link in the mail to them, which may be written after the answer. */
async function mailedToken(recipient: string): Promise<string> {
  const body = await vi.waitUntil(
    () =>
      api.db.database.inSchool(api.db.schoolId, (tx) =>
        tx.maybeOneFirst(sql.type(z.object({ body: z.string() }))`
          select body from mails where recipient = ${recipient}`),
      ),
    { timeout: 15_000, interval: 20 },
  );
  return /#(\S+)/.exec(body)?.[1] ?? "";
}

function keepTokens(name: string, answer: Answer): void {
  secrets[`${name}: access token`] = answer.body.accessToken;
  const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0] ?? "");
  for (const cookie of cookies) secrets[`${name}: ${cookie.split("=")[0] ?? ""}`] = cookie;
}

test("no secret that was given out or typed in is in the log, whatever went wrong with it", async () => {
  const email = "neema@demo.darasa";
  const login = (password: string, headers = {}) =>
    api.call("POST /api/auth/login", { body: { school: "demo", email, password }, headers });
  secrets["a wrong password"] = "nyota saba za jioni 41";
  secrets["the right password"] = api.db.password;
  await login(secrets["a wrong password"]);
  const signedIn = await login(api.db.password);
  keepTokens("login", signedIn);
  const cookie = secrets["login: darasa_refresh"] ?? "";
  keepTokens(
    "refresh",
    await api.call("POST /api/auth/refresh", { headers: { cookie, ...ourPage } }),
  );

  await api.call("POST /api/auth/forgot", { body: { school: "demo", email } });
  secrets["a reset link"] = await mailedToken(email);
  secrets["a new password"] = "mto mrefu wa bluu 92";
  const reset = { token: secrets["a reset link"], password: secrets["a new password"] };
  await api.call("POST /api/auth/reset", { body: reset });
  await api.call("POST /api/auth/reset", { body: reset });

  await api.call("POST /api/invitations", {
    as: admin,
    body: { emails: ["new@example.org"], role: "student" },
  });
  secrets["an invitation"] = await mailedToken("new@example.org");
  await api.call("POST /api/invitations/describe", { body: { token: secrets["an invitation"] } });

  const { code } = await api.startClass();
  keepTokens("guest", await api.call(`POST /api/join/${code}`, { body: { name: "Asha" } }));
  const ticket = await api.call("POST /api/realtime/ticket", {
    as: admin,
    body: { audience: "gateway" },
  });
  secrets["a ticket"] = ticket.body.ticket;

  // What breaks is logged with all that is known of it.
  await api.call("POST /api/auth/login", { body: '{"password": "nyota saba za jioni 41"' });
  await api.call(`GET /api/me?token=${admin.token}`);
  secrets["a token in an address"] = admin.token;
  api.services.log("info", "the log is written", {});

  expect(lines.join("")).toContain("the log is written");
  for (const [name, secret] of Object.entries(secrets)) {
    expect(secret.length, name).toBeGreaterThan(8);
    expect(
      lines.filter((line) => line.includes(secret)),
      name,
    ).toEqual([]);
  }
});
