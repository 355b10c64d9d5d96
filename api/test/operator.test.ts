import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { listenControl, type ControlMessage } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createTestApi, type TestApi } from "./testApi.ts";

const program = fileURLToPath(new URL("../src/operator/main.ts", import.meta.url));

let api: TestApi;
beforeAll(async () => (api = await createTestApi()));
afterAll(() => api.close());

interface Outcome {
  readonly code: number | string | null;
  readonly out: string;
  readonly err: string;
}

/** The command as an operator runs it, with nothing but its settings in the environment. */
function school(words: string, environment: Record<string, string> = {}): Promise<Outcome> {
  const env = {
    DATABASE_URL: api.db.appUrl,
    PUBLIC_URL: "https://school.example",
    ...environment,
  };
  const args = [program, ...(words.match(/"[^"]*"|\S+/g) ?? [])].map((it) =>
    it.replaceAll('"', ""),
  );
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ code: error ? (error.code ?? null) : 0, out, err }),
    );
  });
}

const tokenIn = (out: string) => /https:\/\/school\.example\/invite#(\S+)/.exec(out)?.[1];
const accept = (token: string | undefined) =>
  api.call("POST /api/invitations/accept", {
    body: { token, name: "Grace", password: "seven green lanterns", language: "en" },
  });

test("nobody is lifted by an address that they have not shown to be theirs", async () => {
  await asSuperuser(
    api.db,
    "update users set email_verified_at = null where email = 'juma@demo.darasa'",
  );
  const lifted = await school("super-admin --school demo --email juma@demo.darasa");
  expect(lifted.code).toBe(1);
  expect(lifted.err).toContain("has not shown");
  const [juma] = await asSuperuser<{ role: string }>(
    api.db,
    "select role from users where email = 'juma@demo.darasa'",
  );
  expect(juma?.role).toBe("student");
});

test("a school is made, and its first admin comes in by the link that is printed", async () => {
  const made = await school(
    'create --name "Green Hill" --slug green-hill --email head@green.example',
  );
  expect(made, made.err).toMatchObject({ code: 0, err: "" });
  const accepted = await accept(tokenIn(made.out));
  expect(accepted.status, accepted.text).toBe(200);
  expect(accepted.body.user).toMatchObject({
    role: "school_admin",
    email: "head@green.example",
    school: { name: "Green Hill", slug: "green-hill" },
  });
  expect((await accept(tokenIn(made.out))).status).toBe(410);
  const events = await asSuperuser<{ action: string; actor_name: string }>(
    api.db,
    "select action, actor_name from audit_events join schools using (school_id) where slug = 'green-hill' order by event_id limit 2",
  );
  expect(events).toEqual([
    { action: "school.created", actor_name: "system" },
    { action: "user.invited", actor_name: "system" },
  ]);

  const again = await school('create --name "Other" --slug green-hill --email x@x.example');
  expect(again.code).toBe(1);
  expect(again.err).toContain('There is a school "green-hill" already.');
});

test("a lost link is replaced by another, and the first is worth nothing", async () => {
  const first = await school('create --name "Lost" --slug lost --email a@lost.example');
  const second = await school("admin --school lost --email a@lost.example");
  expect((await accept(tokenIn(first.out))).status).toBe(410);
  expect((await accept(tokenIn(second.out))).body.user.role).toBe("school_admin");
});

test("a super admin is invited, or an account that is there becomes one and comes in anew", async () => {
  const invited = await school("super-admin --school demo --email ops@operator.example");
  expect((await accept(tokenIn(invited.out))).body.user.role).toBe("super_admin");

  const told: ControlMessage[] = [];
  const listener = listenControl(api.db.appUrl, {
    onMessage: (message) => told.push(message),
    onReconnected: () => undefined,
  });
  await listener.ready;
  const { email, userId } = api.db.people.admin;
  const lifted = await school(`super-admin --school demo --email ${email}`);
  expect(lifted).toMatchObject({ code: 0, err: "" });
  expect(lifted.out).not.toContain("invite#");
  await vi.waitFor(() =>
    expect(told).toContainEqual(
      expect.objectContaining({ kind: "accessChanged", participantId: userId, signInIds: null }),
    ),
  );
  await listener.close();
  const me = await api.call("GET /api/me", { as: await api.signIn("admin") });
  expect(JSON.parse(me.text)).toMatchObject({ role: "super_admin" });
});

test("schools are listed, closed and opened again", async () => {
  const { slug } = api.db.neighbour;
  expect((await school(`suspend --slug ${slug}`)).out).toContain("is closed");
  const list = await school("list");
  expect(list.out).toMatch(
    new RegExp(`^${slug} +\\d+ +\\d+ +closed +${api.db.neighbour.name}$`, "m"),
  );
  expect(list.out).toMatch(/^demo +\d+ +\d+ +open /m);
  expect((await school(`resume --slug ${slug}`)).out).toContain("is open");
  expect((await school("list")).out).not.toContain("closed");
});

test.each<[string, string, string, Record<string, string>?]>([
  ["nothing", "", "npm run school -- create"],
  ["another word", "destroy --slug demo", 'There is no "destroy".'],
  ["another option", "list --force", "That was not understood."],
  ["half of it", "create --slug half", "--name is missing."],
  ["no address", "super-admin --school demo --email nobody", '--email cannot be "nobody".'],
  ["no such school", "suspend --slug nowhere", 'There is no school "nowhere".'],
  ["no settings", "list", "Set DATABASE_URL and PUBLIC_URL", { DATABASE_URL: "", PUBLIC_URL: "" }],
  ["no database", "list", "cannot be reached", { DATABASE_URL: "postgres://a:b@127.0.0.1:9/x" }],
])("%s: one plain answer and no stack", async (_what, words, answer, environment = {}) => {
  const outcome = await school(words, environment);
  expect(outcome.code).toBe(1);
  expect(outcome.out).toBe("");
  expect(outcome.err).toContain(answer);
  expect(outcome.err).not.toMatch(/^\s+at /m);
});

test("a role that could see all schools is refused", async () => {
  const outcome = await school("list", { DATABASE_URL: api.db.superuserUrl });
  expect(outcome.code).toBe(1);
  expect(outcome.err).toContain("does not keep schools apart");
});
