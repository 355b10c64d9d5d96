import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { createTestDatabase, type TestDatabase } from "@darasa/database/testing";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { testEnvironment } from "./testApi.ts";

const program = fileURLToPath(new URL("../src/main.ts", import.meta.url));

let db: TestDatabase;
let environment: Record<string, string>;
const running = new Set<ChildProcess>();

beforeAll(async () => {
  db = await createTestDatabase();
  environment = { ...(await testEnvironment(db.appUrl)), PORT: "0" };
});
afterEach(() => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
});
afterAll(() => db.drop());

/** The program as it is started for real, with everything it says. */
function start(change: Record<string, string> = {}) {
  const child = fork(program, { env: { ...environment, ...change }, silent: true });
  running.add(child);
  let said = "";
  child.stdout?.on("data", (data: Buffer) => (said += data.toString()));
  child.stderr?.on("data", (data: Buffer) => (said += data.toString()));
  const lines = () =>
    said
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { msg: string; url?: string; problems?: string[] });
  return {
    child,
    said: () => said,
    lines,
    exited: once(child, "exit").then(([code]) => code as number),
    async url() {
      await vi.waitFor(() => expect(lines().at(-1)?.msg).toBe("listening"), { timeout: 15_000 });
      return lines().at(-1)?.url ?? "";
    },
  };
}

test("starts, says so in one line, and stops at SIGTERM", async () => {
  const api = start();
  const url = await api.url();
  expect(api.lines()).toHaveLength(1);
  const answer = await fetch(`${url}/livez`);
  expect(await answer.json()).toEqual({ status: "ok" });
  api.child.kill("SIGTERM");
  expect(await api.exited).toBe(0);
  expect(api.said()).not.toContain(environment["TICKET_KEY"]);
});

test("stops when the parent that started it is gone", async () => {
  const api = start();
  await api.url();
  api.child.disconnect();
  expect(await api.exited).toBe(0);
});

test("does not start with unusable settings, and names them all", async () => {
  const api = start({ DATABASE_URL: "", PORT: "x", NODE_ENV: "production" });
  expect(await api.exited).toBe(1);
  const names = api.lines()[0]?.problems?.map((problem) => problem.split(":")[0]);
  expect(names?.toSorted()).toEqual(["DATABASE_URL", "DEMO_KEY", "PORT", "PUBLIC_URL"]);
});

test.each(["ownerUrl", "superuserUrl"] as const)(
  "does not start with the rights of %s: row level security would not bind it",
  async (which) => {
    const api = start({ DATABASE_URL: db[which] });
    expect(await api.exited).toBe(1);
    expect(api.lines()[0]?.msg).toBe("cannot start");
  },
);

test("says so when Postgres cannot be reached", async () => {
  const api = start({ DATABASE_URL: "postgres://darasa_app:hunter2@127.0.0.1:9/darasa" });
  expect(await api.exited).toBe(1);
  expect(api.lines()[0]?.msg).toBe("cannot start");
  expect(api.said()).not.toContain("hunter2");
});

test("says so when the port is taken", async () => {
  const first = start();
  const { port } = new URL(await first.url());
  const second = start({ PORT: port });
  expect(await second.exited).toBe(1);
  expect(second.said()).toContain("EADDRINUSE");
});
