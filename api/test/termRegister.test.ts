import { randomUUID } from "node:crypto";
import { createWriter, sql, type SchoolTransaction, type Writer } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { strFromU8, unzipSync } from "fflate";
import type { LiveClassId } from "@darasa/protocol";
import { makeTermFile } from "../src/attendance/term/makeTermFile.ts";
import { sumClass } from "../src/attendance/term/sumClass.ts";
import { holdEndedClass, storeSums } from "../src/attendance/term/sumStore.ts";
import { storeAttendanceRemoved } from "../src/retention/store.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const firstDayMs = Date.UTC(2026, 0, 12, 6);
const termQuery = `from=${firstDayMs - dayMs}&to=${firstDayMs + 90 * dayMs}`;

let api: TestApi;
let writer: Writer;
let teacher: Person;
let neema: Person;
let roomId: string;
beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  teacher = await api.signIn("teacher");
  neema = await api.signIn("neema");
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

/** A room of two students, Neema and Baraka, since before the term. */
beforeEach(async () => {
  const made = await api.call("POST /api/rooms", {
    as: teacher,
    body: { kind: "class", name: "Physics" },
  });
  roomId = made.body.id;
  for (const { userId } of [api.db.people.neema, api.db.people.baraka]) {
    const body = { userId, role: "student" };
    await api.call(`POST /api/rooms/${roomId}/members`, { as: teacher, body });
  }
  await asSuperuser(
    api.db,
    "update room_members set added_at = '2025-09-01' where room_id = $1 and role = 'student'",
    [roomId],
  );
});

/** A class of an hour on that day of the term; who was there from which minute to which. */
async function hold(
  day: number,
  visits: readonly (readonly ["neema" | "baraka", number, number])[],
): Promise<string> {
  const startedAtMs = firstDayMs + day * dayMs;
  const { id } = await api.startClass({ roomId, title: `Lesson ${day + 1}` });
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  const at = (minute: number) => startedAtMs + minute * minuteMs;
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update live_classes set started_at = ${sql.timestamp(new Date(at(0)))},
        ended_at = ${sql.timestamp(new Date(at(60)))} where live_class_id = ${id}`),
  );
  for (const [name, from, to] of visits) await visit(id, name, [at(from), at(to)]);
  return id;
}

async function visit(
  liveClassId: string,
  name: "neema" | "baraka",
  [fromMs, toMs]: readonly [number, number],
): Promise<void> {
  const participantId = api.db.people[name].userId;
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      insert into live_class_participants (school_id, live_class_id, participant_id, user_id, name, role, admitted_at)
      values (app_school_id(), ${liveClassId}, ${participantId}, ${participantId}, ${api.db.people[name].name}, 'student', now())
      on conflict do nothing`),
  );
  const event = {
    schoolId: api.db.schoolId,
    liveClassId,
    participantId,
    sessionId: randomUUID(),
  };
  await writer.recordAttendance([
    { ...event, kind: "joined", atMs: fromMs },
    { ...event, kind: "left", atMs: toMs },
  ]);
}

async function readTerm() {
  const path = `GET /api/rooms/${roomId}/attendance?${termQuery}`;
  const { classes, people } = (await api.call(path, { as: teacher })).body;
  return { classes, people };
}

/** Verdicts and minutes of the term, by first name. */
async function verdictsOf() {
  const { people } = await readTerm();
  return Object.fromEntries<unknown>(
    people.map(({ name, verdicts, minutes }) => [name.split(" ")[0] ?? "", [verdicts, minutes]]),
  );
}

test("a term has its classes in order, and every student's verdict and minutes in each", async () => {
  await hold(1, [["neema", 20, 60]]);
  await hold(0, [
    ["neema", 0, 60],
    ["baraka", 5, 58],
  ]);
  await hold(2, [
    ["neema", 15, 60],
    ["baraka", 0, 20],
  ]);
  await hold(400, [["neema", 0, 60]]);
  const term = await readTerm();
  expect(term.classes.map(({ title }) => title)).toEqual(["Lesson 1", "Lesson 2", "Lesson 3"]);
  expect(term.people).toMatchObject([
    {
      name: "Baraka Mushi",
      verdicts: ["present", "absent", "left_early"],
      minutes: [53, 0, 20],
      corrected: [],
      counts: { present: 1, late: 0, left_early: 1, absent: 1, excused: 0 },
      minutesInAll: 73,
      percent: 67,
    },
    { name: "Neema Kimaro", verdicts: ["present", "absent", "late"], minutes: [60, 40, 45] },
  ]);
  // What is stored says the same.
  expect(await readTerm()).toEqual(term);
});

test("what comes late, and another rule, change what was summed", async () => {
  const id = await hold(0, [["neema", 0, 30]]);
  expect(await verdictsOf()).toMatchObject({ Neema: [["left_early"], [30]] });
  const later = firstDayMs + 30 * minuteMs;
  await visit(id, "neema", [later, later + 25 * minuteMs]);
  expect(await verdictsOf()).toMatchObject({ Neema: [["present"], [55]] });
  const admin = await api.signIn("admin");
  const setRule = (presentFromPercent: number) =>
    api.call("PATCH /api/school", { as: admin, body: { presentFromPercent } });
  await setRule(99);
  expect(await verdictsOf()).toMatchObject({ Neema: [["left_early"], [55]] });
  await setRule(75);
});

test("a correction outweighs, is marked, and excuses from the share", async () => {
  const id = await hold(0, [["neema", 0, 60]]);
  await hold(1, [["baraka", 0, 60]]);
  const { userId } = api.db.people.baraka;
  const body = { verdict: "excused", reason: "=Choir()" };
  await api.call(`PATCH /api/live-classes/${id}/attendance/${userId}`, { as: teacher, body });
  const { people } = await readTerm();
  expect(people[0]).toMatchObject({
    name: "Baraka Mushi",
    verdicts: ["excused", "present"],
    corrected: [0],
    percent: 100,
  });

  const tables = `/api/rooms/${roomId}/attendance`;
  const zone = "timeZone=Africa/Dar_es_Salaam";
  const csv = await api.call(`GET ${tables}.csv?${termQuery}&${zone}`, { as: teacher });
  expect(csv.text.split("\r\n")[1]).toBe(
    `"Baraka Mushi","Lesson 1","2026-01-12 09:00:00","0","excused","'=Choir()","Amina Juma"`,
  );
  const xlsx = await api.call(`GET ${tables}.xlsx?${termQuery}&${zone}`, { as: teacher });
  const files = unzipSync(xlsx.bytes);
  const all = Object.values(files).map((file) => strFromU8(file));
  for (const text of ["Corrections", "=Choir()", "2026-01-12 Lesson 1", "Came to %"]) {
    expect(all.join("\n")).toContain(text);
  }
  expect(all.join("\n")).not.toContain("<f>");
});

test("tables and their files speak the language of whoever asks", async () => {
  const id = await hold(0, [["neema", 20, 60]]);
  const body = { verdict: "excused", reason: "Choir" };
  const { userId } = api.db.people.baraka;
  await api.call(`PATCH /api/live-classes/${id}/attendance/${userId}`, { as: teacher, body });
  const admin = await api.signIn("admin");
  await api.call("PATCH /api/me", { as: admin, body: { language: "sw" } });
  const get = async (path: string) => {
    const answer = await api.call(`GET ${path}`, { as: admin });
    return { ...answer, fileName: answer.headers.get("content-disposition") };
  };
  const textsOf = (bytes: Uint8Array) =>
    Object.values(unzipSync(bytes))
      .map((file) => strFromU8(file))
      .join("\n");

  const classCsv = await get(`/api/live-classes/${id}/attendance.csv`);
  expect(classCsv.fileName).toBe('attachment; filename="mahudhurio.csv"');
  expect(classCsv.text.slice(0, 40)).toContain('"Jina","Nafasi","Aliingia"');
  expect(classCsv.text).toMatch(/"Neema Kimaro","mwanafunzi",.*"hapana","hakuwepo"/);
  const classXlsx = await get(`/api/live-classes/${id}/attendance.xlsx`);
  expect(classXlsx.fileName).toBe('attachment; filename="mahudhurio.xlsx"');
  expect(textsOf(classXlsx.bytes)).toContain('name="Rejista"');

  const term = `/api/rooms/${roomId}/attendance`;
  const termCsv = await get(`${term}.csv?${termQuery}`);
  expect(termCsv.fileName).toBe('attachment; filename="muhula.csv"');
  expect(termCsv.bytes.slice(0, 3)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  expect(termCsv.text).toMatch(/"Baraka Mushi",.*"ana ruhusa","Choir","Amina Juma"/);
  const termXlsx = await get(`${term}.xlsx?${termQuery}`);
  expect(termXlsx.fileName).toBe('attachment; filename="muhula.xlsx"');
  for (const text of ["Walikuja %", "Aliondoka mapema", 'name="Marekebisho"']) {
    expect(textsOf(termXlsx.bytes)).toContain(text);
  }
  await api.call("PATCH /api/me", { as: admin, body: { language: "en" } });
});

test("whoever reads terms waits for their own school, and keeps no other waiting", async () => {
  const { schoolId, neighbour } = api.db;
  const free: (() => void)[] = [];
  const hold = () => new Promise<void>((resolve) => free.push(resolve));
  const { signal } = new AbortController();
  const held = [1, 2].map(() => api.services.termPlaces.within(schoolId, hold, signal));
  const done: string[] = [];
  const path = `GET /api/rooms/${roomId}/attendance`;
  const waiting = ["", ".csv", ".xlsx"].map(async (kind) => {
    const { status } = await api.call(`${path}${kind}?${termQuery}`, { as: teacher });
    done.push(`own ${status}`);
  });
  await expect.poll(() => api.services.termPlaces.waiting).toBe(3);
  const others = await api.call(
    `GET /api/rooms/${neighbour.rooms.history.roomId}/attendance?${termQuery}`,
    { as: await api.signInNeighbour("teacher") },
  );
  done.push(`another's ${others.status}`);
  for (const leave of free) leave();
  await Promise.all([...held, ...waiting]);
  expect(done).toEqual(["another's 200", "own 200", "own 200", "own 200"]);
});

test("while a large file is made, others are answered", async () => {
  const done: string[] = [];
  const students = Array.from({ length: 250 }, (_, n) => ({
    participantId: randomUUID(),
    name: `Student ${String(n)}`,
    expectedFromMs: 0,
  }));
  const classes = Array.from({ length: 200 }, (_, n) => ({
    id: randomUUID() as LiveClassId,
    title: `Lesson ${String(n)}`,
    startedAtMs: firstDayMs + n * dayMs,
    endedAtMs: firstDayMs + n * dayMs + 60 * minuteMs,
    isSummed: true,
  }));
  const read = {
    room: { id: roomId, name: "Physics" },
    rule: { lateAfterMinutes: 10, presentFromPercent: 75 },
    isCut: false,
    classes,
    sums: [],
    fresh: new Map(),
    corrections: [],
    students,
  };
  const { signal } = new AbortController();
  const file = { read, kind: "xlsx", language: "en", timeZone: "UTC" } as const;
  const making = makeTermFile(file, signal).then(() => done.push("the file"));
  for (let times = 0; times < 3; times += 1) {
    const { status } = await api.call("GET /api/me", { as: teacher });
    done.push(`me ${status}`);
  }
  await making;
  expect(done).toEqual(["me 200", "me 200", "me 200", "the file"]);
});

test("students read their own term with reasons, and nobody else's", async () => {
  const id = await hold(0, []);
  await hold(1, [["neema", 0, 60]]);
  const body = { verdict: "excused", reason: "Ill" };
  await api.call(`PATCH /api/live-classes/${id}/attendance/${neema.id}`, { as: teacher, body });
  const path = (of: string) => `GET /api/rooms/${roomId}/attendance/${of}?${termQuery}`;
  const own = await api.call(path(neema.id), { as: neema });
  expect(own.body).toMatchObject({
    name: "Neema Kimaro",
    classes: [
      {
        title: "Lesson 1",
        verdict: "excused",
        computed: "absent",
        minutes: 0,
        correction: { reason: "Ill", by: "Amina Juma" },
      },
      { title: "Lesson 2", verdict: "present", minutes: 60, correction: null },
    ],
    percent: 100,
  });
  expect((await api.call(path(neema.id), { as: teacher })).body).toEqual(own.body);
  // Stored sums are read by another way than fresh ones.
  expect((await api.call(path(neema.id), { as: neema })).body).toEqual(own.body);
  expect((await api.call(path(api.db.people.baraka.userId), { as: neema })).status).toBe(403);
  expect((await api.call(path(randomUUID()), { as: teacher })).status).toBe(404);
});

test("who came to the room later was not missed before, and who left it keeps their classes", async () => {
  await hold(0, [["baraka", 0, 60]]);
  await hold(2, [["baraka", 0, 60]]);
  const { baraka, neema: late } = api.db.people;
  await asSuperuser(
    api.db,
    "update room_members set added_at = '2026-01-13' where room_id = $1 and user_id = $2",
    [roomId, late.userId],
  );
  await api.call(`DELETE /api/rooms/${roomId}/members/${baraka.userId}`, { as: teacher });
  expect(await verdictsOf()).toEqual({
    Baraka: [
      ["present", "present"],
      [60, 60],
    ],
    Neema: [
      [null, "absent"],
      [0, 0],
    ],
  });
});

test("terms are set by those who run the school, and seen by all of it", async () => {
  const admin = await api.signIn("admin");
  const body = { name: "Term 1", startsOn: "2026-01-12", endsOn: "2026-04-03" };
  const added = await api.call("POST /api/terms", { as: admin, body });
  expect(added.body).toMatchObject(body);
  const changed = { ...body, endsOn: "2026-04-10" };
  const path = `/api/terms/${added.body.id}`;
  expect((await api.call(`PUT ${path}`, { as: admin, body: changed })).body).toMatchObject(changed);
  expect((await api.call("GET /api/terms", { as: neema })).body.terms).toMatchObject([changed]);
  const backwards = { ...body, endsOn: "2026-01-11" };
  expect((await api.call("POST /api/terms", { as: admin, body: backwards })).status).toBe(422);
  const noDay = { ...body, endsOn: "2026-02-30" };
  expect((await api.call("POST /api/terms", { as: admin, body: noDay })).status).toBe(422);
  expect((await api.call(`DELETE ${path}`, { as: admin })).status).toBe(204);
  expect((await api.call("GET /api/terms", { as: neema })).body.terms).toEqual([]);
});

test("of a class whose register goes while it is summed no sums stay", async () => {
  const id = (await hold(0, [["neema", 0, 60]])) as LiveClassId;
  const inSchool = <T>(work: (tx: SchoolTransaction) => Promise<T>) =>
    api.db.database.inSchool(api.db.schoolId, work);
  const sums = new Map([[neema.id, { cameAfterMs: 0, presentMs: minuteMs }]]);
  const waits = () =>
    asSuperuser(
      api.db,
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
  const { removed } = await inSchool(async (tx) => {
    await holdEndedClass(tx, id);
    const removing = inSchool((other) => storeAttendanceRemoved(other, id, 0));
    await expect.poll(waits).toHaveLength(1);
    await storeSums(tx, id, sums);
    return { removed: removing };
  });
  await removed;
  const stored = () =>
    asSuperuser(api.db, "select 1 from attendance_sums where live_class_id = $1", [id]);
  expect(await stored()).toEqual([]);
  // Who had found it among the term's classes before asks for its sum now.
  await inSchool((tx) =>
    sumClass(tx, { id, startedAtMs: firstDayMs, endedAtMs: firstDayMs + 60 * minuteMs }),
  );
  expect(await stored()).toEqual([]);
});
