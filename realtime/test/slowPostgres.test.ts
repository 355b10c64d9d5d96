import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import type { RoomId } from "@darasa/protocol";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

/** P8 says 3 s; the rest is for a busy machine. */
const answeredWithinMs = 6_000;
/** What is usual takes milliseconds; who waits for the other school, seconds. */
const normalMs = 1_500;
/** How long another transaction holds what messages need: they have until shortly before 2.8 s. */
const heldMs = 1_500;
/** In quiet 170 ms: a batch waits 150 ms for a lock. Without a way around it would be as long as it is held. */
const bystanderMs = 1_000;
const unavailable = { ok: false, error: { code: "unavailable", retryable: true } };

let school: LocalSchool;
let ways: StallingProxy[];
beforeAll(async () => {
  school = await startLocalSchool({
    async settings({ appUrl, writerUrl }) {
      const [app, writer] = [await startStallingProxy(appUrl), await startStallingProxy(writerUrl)];
      ways = [app, writer];
      return { databaseUrl: app.url, writerUrl: writer.url, limitsScale: 1_000 };
    },
  });
});
afterAll(async () => {
  await school.stop();
  for (const way of ways) await way.close();
});

function lockChat(client: TestClient, chatLocked: boolean) {
  return client.ask({ type: "setPermissions", room: school.room, chatLocked });
}

function write(client: TestClient, room: RoomId, body: string) {
  return client.ask({ type: "sendMessage", room, body });
}

async function figure(name: string): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${String(school.gateway.port)}/metrics`);
  const line = (await answer.text()).split("\n").find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length));
}

async function within<T>(ms: number, what: Promise<T>): Promise<T> {
  const sinceMs = performance.now();
  const outcome = await what;
  expect(performance.now() - sinceMs).toBeLessThan(ms);
  return outcome;
}

test("[P8] a slow database: all is answered in time, who waits is counted, and it is over when the slowness is", async () => {
  const teacher = await school.enter(school.teacher);
  const student = await school.connect(school.students[0]);
  await write(teacher, school.room, "before");
  for (const way of ways) way.slow(2_000);

  const answers = Promise.all([
    ...Array.from({ length: 40 }, () => lockChat(teacher, false)),
    ...Array.from({ length: 100 }, (_, index) => write(teacher, school.room, `slow ${index}`)),
    student.ask({ type: "joinRoom", room: school.room, liveClass: school.liveClass }),
  ]);
  // What lives in memory does not wait for it.
  await within(normalMs, teacher.acked({ type: "raiseHand", room: school.room }));
  await expect.poll(() => figure("darasa_database_waiting")).toBeGreaterThan(0);
  expect(await figure("darasa_chat_waiting")).toBeLessThanOrEqual(100);
  for (const answer of await within(answeredWithinMs, answers)) {
    if (!answer.ok) expect(answer).toMatchObject(unavailable);
  }

  for (const way of ways) way.slow(0);
  const healedMs = performance.now();
  await expect.poll(async () => (await lockChat(teacher, false)).ok).toBe(true);
  await expect.poll(async () => (await write(teacher, school.room, "after")).ok).toBe(true);
  expect(performance.now() - healedMs).toBeLessThan(5_000);
  await expect.poll(() => figure("darasa_database_waiting")).toBe(0);
  for (const client of [teacher, student]) client.close();
});

test("[P8] while one school has all that it may have of the connections, another is served as always", async ({
  onTestFinished,
}) => {
  const teacher = await school.enter(school.teacher);
  const stranger = await school.connect(school.stranger);
  const { strangeRoom } = school;
  await stranger.acked({ type: "joinRoom", room: strangeRoom, liveClass: null });
  const release = await lock("live_classes");
  onTestFinished(release);

  const answers = Array.from({ length: 60 }, () => lockChat(teacher, false));
  await expect.poll(() => figure("darasa_database_waiting")).toBeGreaterThan(10);
  for (let turn = 0; turn < 3; turn += 1) {
    const said = write(stranger, strangeRoom, `turn ${turn}`);
    expect(await within(normalMs, said)).toMatchObject({ ok: true });
    const again = await within(normalMs, school.connect(school.stranger));
    const join = { type: "joinRoom", room: strangeRoom, liveClass: null, since: 0 } as const;
    await within(normalMs, again.acked(join));
    await within(
      normalMs,
      again.next("replay", ({ done }) => done),
    );
    expect(again.chat()).toHaveLength(turn + 1);
    again.close();
  }
  const own = write(teacher, school.room, "meanwhile");
  expect(await within(normalMs, own)).toMatchObject({ ok: true });
  await release();
  for (const answer of await within(answeredWithinMs, Promise.all(answers))) {
    if (!answer.ok) expect(answer).toMatchObject(unavailable);
  }
  for (const client of [teacher, stranger]) client.close();
});

test.each(["rooms", "users"] as const)(
  "[P8] while a transaction holds the %s of one school, another's messages are stored as always; the held ones are when it is over, in order and once",
  async (table) => {
    const teacher = await school.enter(school.teacher);
    const student = await school.enter(school.students[0]);
    const stranger = await school.connect(school.stranger);
    const { strangeRoom } = school;
    await stranger.acked({ type: "joinRoom", room: strangeRoom, liveClass: null });
    const release = await lock(table);
    const bodies = Array.from({ length: 40 }, (_, index) => `${table} ${index}`);
    let acked = 0;
    const held = bodies.map((body, index) => {
      const answer = write(index % 2 === 0 ? teacher : student, school.room, body);
      return answer.finally(() => (acked += 1));
    });
    const untilMs = performance.now() + heldMs;
    let slowestMs = 0;
    while (performance.now() < untilMs) {
      const sinceMs = performance.now();
      expect(await write(stranger, strangeRoom, "meanwhile")).toMatchObject({ ok: true });
      slowestMs = Math.max(slowestMs, performance.now() - sinceMs);
    }
    expect(slowestMs).toBeLessThan(bystanderMs);
    expect(acked).toBe(0);
    await release();
    for (const answer of await Promise.all(held)) expect(answer).toMatchObject({ ok: true });
    await expect.poll(() => sayings(teacher, table)).toHaveLength(bodies.length);
    const own = (of: number) => bodies.filter((_, index) => index % 2 === of);
    const seen = sayings(teacher, table);
    for (const of of [0, 1]) expect(seen.filter((body) => own(of).includes(body))).toEqual(own(of));
    for (const client of [teacher, student, stranger]) client.close();
  },
);

function sayings(client: TestClient, prefix: string): string[] {
  return client.chat().flatMap(({ body }) => (body.startsWith(`${prefix} `) ? [body] : []));
}

/** Holds the school's rows of that table, as a transaction does that hangs; the returned function lets go. */
async function lock(table: "live_classes" | "rooms" | "users"): Promise<() => Promise<void>> {
  const { superuserUrl, schoolId } = school.database;
  const holder = new pg.Client({ connectionString: superuserUrl });
  await holder.connect();
  await holder.query("begin");
  await holder.query(`select from ${table} where school_id = $1 for update`, [schoolId]);
  return () => holder.end();
}
