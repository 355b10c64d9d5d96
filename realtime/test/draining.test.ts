import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "@darasa/database";
import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { closeReasons, limits } from "@darasa/protocol";
import { expect, test, vi } from "vitest";
import * as z from "zod";
import { createBoard, openBoard, type BoardClient } from "./support/boardClient.ts";
import { enrolStudents } from "./support/enrolStudents.ts";
import type { TestClient } from "./support/testClient.ts";
import { startTestSchool, type TestPerson, type TestSchool } from "./support/testSchool.ts";

// One of the two is busy while the other waits.
const drainTest = test.concurrent;

const boardsOf = (school: TestSchool) => ({
  gateway: school.gateway,
  ticketKey: school.gateway.ticketKey,
  room: school.room,
  liveClassId: school.liveClass.liveClassId,
});

/** Everybody in the class, so many at a time as the bounds on strangers allow. */
async function enterAll(school: TestSchool, people: readonly TestPerson[]): Promise<TestClient[]> {
  const clients: TestClient[] = [];
  for (let first = 0; first < people.length; first += 100) {
    const some = people.slice(first, first + 100);
    clients.push(...(await Promise.all(some.map((person) => school.enter(person)))));
  }
  return clients;
}

/** Writes on as fast as the acks come, until the connection ends; what was acked, by the id it was sent with. */
async function writeOn(client: TestClient, room: TestSchool["room"]): Promise<Map<string, number>> {
  const acked = new Map<string, number>();
  for (;;) {
    const id = randomUUID();
    try {
      const answer = await client.ask({ type: "sendMessage", room, body: id }, id);
      if (!answer.ok) return acked;
      acked.set(id, answer.result.seq);
    } catch {
      return acked;
    }
  }
}

async function storedMessages({ database, room }: TestSchool): Promise<Map<string, number>> {
  const row = z.object({ id: z.string(), seq: z.number() });
  const rows = await database.database.inSchool(database.schoolId, (tx) =>
    tx.any(sql.type(row)`
      select client_id as id, seq::int as seq from chat_messages where room_id = ${room}
      order by seq`),
  );
  expect(new Set(rows.map(({ id }) => id)).size, "a message is stored once").toBe(rows.length);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, index) => index + 1));
  return new Map(rows.map(({ id, seq }) => [id, seq]));
}

const drawn = (client: BoardClient) => new Set(client.records.keys());

/** Draws on and on while the connection is open. */
function drawOn(client: BoardClient): void {
  const timer = setInterval(() => {
    if (client.closeCode === null) client.records.set(randomUUID(), { x: 1 });
    else clearInterval(timer);
  }, 10);
}

drainTest(
  "[C4] SIGTERM while 200 people write and draw: all are told, and all that was taken is kept",
  { timeout: 60_000 },
  async ({ onTestFinished }) => {
    const school = await startTestSchool(() => ({ environment: { LIMITS_SCALE: "1000" } }));
    onTestFinished(() => school.stop());
    const people = await enrolStudents(school, 200);
    const clients = await enterAll(school, people);
    const board = await createBoard(school, school.room);
    const pen = await openBoard(boardsOf(school), board, school.teacher);
    const eye = await openBoard(boardsOf(school), board, people[0] ?? school.teacher);
    drawOn(pen);
    const ledgers = clients.slice(0, 30).map((client) => writeOn(client, school.room));
    await vi.waitFor(() => expect(eye.records.size).toBeGreaterThan(10), { timeout: 10_000 });
    await clients[0]?.next("chatMessage", ({ seq }) => seq > 300);

    const startedAtMs = performance.now();
    const ended = school.gateway.end("SIGTERM");
    // A second signal changes nothing.
    process.kill(school.gateway.pid, "SIGTERM");
    expect(await ended).toBe(0);
    expect(performance.now() - startedAtMs).toBeLessThan(10_000);

    expect(await Promise.all(clients.map((client) => client.closed()))).toEqual(
      clients.map(() => closeReasons.shutdown.code),
    );
    const waits = clients.map((client) => client.all("goingAway").map((told) => told.comeBackInMs));
    expect(waits.every(({ length }) => length === 1)).toBe(true);
    for (const wait of waits.flat()) {
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(limits.comeBackWithinMs);
    }
    expect(new Set(waits.flat()).size).toBeGreaterThan(100);

    const stored = await storedMessages(school);
    for (const acked of await Promise.all(ledgers)) {
      for (const [id, seq] of acked) expect(stored.get(id)).toBe(seq);
    }
    await school.restart();
    const fresh = await openBoard(boardsOf(school), board, school.teacher);
    expect([...drawn(eye)].filter((key) => !drawn(fresh).has(key))).toEqual([]);
  },
);

drainTest(
  "without Postgres the end says what it could not store, and the next start stores it once",
  { timeout: 60_000 },
  async ({ onTestFinished }) => {
    const folder = await mkdtemp(join(tmpdir(), "darasa-drain-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const environment = { LIMITS_SCALE: "1000", SPILL_FOLDER: folder };
    const proxies: StallingProxy[] = [];
    onTestFinished(async () => {
      await Promise.all(proxies.map((proxy) => proxy.close()));
    });
    const school = await startTestSchool(async ({ appUrl, writerUrl }) => {
      const [app, writer] = await Promise.all([appUrl, writerUrl].map(startStallingProxy));
      if (app === undefined || writer === undefined) throw new Error("there is no proxy");
      proxies.push(app, writer);
      return { appUrl: app.url, writerUrl: writer.url, environment };
    });
    onTestFinished(() => school.stop());

    const people = [school.teacher, ...school.students];
    const writing = await school.enter(school.teacher);
    await enterAll(school, school.students);
    const board = await createBoard(school, school.room);
    const pen = await openBoard(boardsOf(school), board, school.teacher);
    const eye = await openBoard(boardsOf(school), board, school.students[0] ?? school.teacher);
    for (const proxy of proxies) proxy.freeze();
    for (let edit = 0; edit < 5; edit += 1) pen.records.set(`edit ${String(edit)}`, { x: edit });
    await eye.until(() => eye.records.size === 5);
    const sent = writing.refused({ type: "sendMessage", room: school.room, body: "lost?" });
    // Behind it on the same connection: when this is answered, that was begun.
    await writing.acked({ type: "setTyping", room: school.room, typing: true });

    const startedAtMs = performance.now();
    expect(await school.gateway.end("SIGTERM")).toBe(1);
    expect(performance.now() - startedAtMs).toBeLessThan(15_000);
    expect(await sent).toBe("unavailable");
    const line = logged(school, "not everything could be stored");
    expect(line).toMatchObject({
      unackedMessages: 1,
      boards: 1,
      lost: { attendanceRows: 0, boardUpdates: 0 },
    });
    expect(line["attendanceRows"]).toBeGreaterThanOrEqual(people.length);
    const [name = "", ...more] = await readdir(folder);
    expect(more).toEqual([]);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);

    // By ways of its own.
    await school.restart();
    expect(await readdir(folder)).toEqual([]);
    const fresh = await openBoard(boardsOf(school), board, school.teacher);
    expect([...drawn(fresh)].toSorted()).toEqual([...drawn(eye)].toSorted());
    expect(await stays(school)).toEqual({ joined: people.length, left: people.length });
  },
);

/** The fields of the last line of the log that says this. */
function logged(school: TestSchool, message: string): Record<string, unknown> {
  const lines = school.gateway
    .output()
    .split("\n")
    .filter((line) => line.includes(message));
  return JSON.parse(lines.at(-1) ?? "{}") as Record<string, unknown>;
}

/** How many came and went, by the register. */
async function stays({ database }: TestSchool) {
  const row = z.object({ joined: z.number(), left: z.number() });
  return database.database.inSchool(database.schoolId, (tx) =>
    tx.one(sql.type(row)`
      select count(*) filter (where kind = 'joined')::int as joined,
        count(*) filter (where kind = 'left')::int as left
      from attendance_events`),
  );
}
