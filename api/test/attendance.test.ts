import { randomUUID } from "node:crypto";
import { createWriter, sql, type Writer } from "@darasa/database";
import type { LiveClassId } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadAttendanceEvents } from "../src/attendance/store.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let writer: Writer;
let teacher: Person;
let student: Person;
let classStartMs: number;

beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  teacher = await api.signIn("teacher");
  student = await api.signIn("baraka");
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

const minuteMs = 60_000;

test("teachers, students and guests are in the register with their minutes", async () => {
  const { id, code } = await startHourAgo();
  const guest = await api.joinAsGuest(code, '=HYPERLINK("http://evil")');
  await api.call(`POST /api/live-classes/${id}/join`, { as: teacher });
  await api.call(`POST /api/live-classes/${id}/join`, { as: student });
  await api.call(`POST /api/live-classes/${id}/join`, { as: await api.signIn("neema") });
  // The teacher is there still; the student left; the guest came twice; Neema's browser never came through.
  await saw(id, teacher, [
    ["joined", 0],
    ["seen", 59.8],
  ]);
  await saw(id, student, [
    ["joined", 5],
    ["left", 51],
  ]);
  await saw(id, guest, [
    ["joined", 10],
    ["left", 20],
  ]);
  await saw(id, guest, [
    ["joined", 30],
    ["seen", 35.5],
  ]);

  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  expect(body.liveClass).toMatchObject({ id, status: "live" });
  expect(body.people).toEqual([
    {
      participantId: teacher.id,
      name: "Amina Juma",
      role: "teacher",
      firstJoinedAtMs: at(0),
      lastLeftAtMs: null,
      // Until now, which went on meanwhile.
      minutes: expect.closeTo(60, 0) as number,
      segments: [{ fromMs: at(0), toMs: expect.closeTo(at(60), -5) as number }],
      present: true,
      verdict: null,
      computed: null,
      correction: null,
    },
    {
      participantId: student.id,
      name: "Baraka Mushi",
      role: "student",
      firstJoinedAtMs: at(5),
      lastLeftAtMs: at(51),
      minutes: 46,
      segments: [{ fromMs: at(5), toMs: at(51) }],
      present: false,
      verdict: "present",
      computed: "present",
      correction: null,
    },
    {
      participantId: api.db.people.neema.userId,
      name: "Neema Kimaro",
      role: "student",
      firstJoinedAtMs: null,
      lastLeftAtMs: null,
      minutes: 0,
      segments: [],
      present: false,
      verdict: "absent",
      computed: "absent",
      correction: null,
    },
    ...["Daudi Komba", "Juma Said", "Rehema Ally", "Zawadi Shayo"].map(
      (name) =>
        expect.objectContaining({ name, role: "student", minutes: 0, verdict: "absent" }) as object,
    ),
    {
      participantId: guest.id,
      name: '=HYPERLINK("http://evil")',
      role: "guest",
      firstJoinedAtMs: at(10),
      lastLeftAtMs: at(35.5),
      minutes: 15.5,
      segments: [
        { fromMs: at(10), toMs: at(20) },
        { fromMs: at(30), toMs: at(35.5) },
      ],
      present: false,
      verdict: "left_early",
      computed: "left_early",
      correction: null,
    },
  ]);

  const csv = await api.call(`GET /api/live-classes/${id}/attendance.csv`, { as: teacher });
  expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="attendance.csv"');
  const lines = csv.text.split("\r\n");
  expect(lines).toHaveLength(10);
  expect(lines[0]).toContain('"Name","Role"');
  expect(lines[2]).toMatch(/^"Baraka Mushi","student","\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"/);
  expect(lines[8]).toContain(`"'=HYPERLINK(""http://evil"")","guest"`);
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
});

test("after the end nobody is present, and nothing counts beyond it", async () => {
  const { id } = await startHourAgo();
  await api.call(`POST /api/live-classes/${id}/join`, { as: student });
  await saw(id, student, [
    ["joined", 0],
    ["seen", 59.9],
  ]);
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  expect(body.people[0]).toMatchObject({ name: "Baraka Mushi", minutes: 59.9, present: false });
});

test("the heartbeats of an hour are not read one by one", async () => {
  const { id } = await startHourAgo();
  await api.call(`POST /api/live-classes/${id}/join`, { as: student });
  const beats = Array.from({ length: 110 }, (_, beat) => ["seen", (beat + 1) / 2] as const);
  await saw(id, student, [["joined", 0], ...beats]);
  const events = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    loadAttendanceEvents(tx, id as LiveClassId),
  );
  expect(events).toHaveLength(3);
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  expect(body.people[0]).toMatchObject({ name: "Baraka Mushi", minutes: 55, present: false });
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
});

test("the school's rule judges, and those who came to the room after the class are not missed", async () => {
  const { id } = await startHourAgo();
  await api.call(`POST /api/live-classes/${id}/join`, { as: student });
  await saw(id, student, [
    ["joined", 5],
    ["left", 50],
  ]);
  await setRule({ lateAfterMinutes: 4, presentFromPercent: 60 });
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  const late = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update room_members set added_at = now() + interval '1 hour'
      where room_id = ${api.db.rooms.mathematics.roomId} and user_id = ${api.db.people.juma.userId}`),
  );
  expect(late.rowCount).toBe(1);
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  expect(body.rule).toEqual({ lateAfterMinutes: 4, presentFromPercent: 60 });
  expect(body.people.map(({ name, verdict }) => [name, verdict])).toEqual([
    ["Baraka Mushi", "late"],
    ["Daudi Komba", "absent"],
    ["Neema Kimaro", "absent"],
    ["Rehema Ally", "absent"],
    ["Zawadi Shayo", "absent"],
  ]);
});

test("a gateway speaks for all whom it holds: until each has left, and until it fell silent", async () => {
  const { id } = await startHourAgo();
  const { people, schoolId } = api.db;
  const [fallen, lasting] = [randomUUID(), randomUUID()];
  for (const name of ["teacher", "baraka", "neema", "juma"] as const) {
    await api.call(`POST /api/live-classes/${id}/join`, { as: await api.signIn(name) });
  }
  await saw(id, { id: people.teacher.userId }, [["joined", 0]], lasting);
  await saw(id, { id: people.baraka.userId }, [["joined", 10]], fallen);
  const toAndFro = [
    ["joined", 10],
    ["left", 15],
  ] as const;
  await saw(id, { id: people.neema.userId }, toAndFro, fallen);
  // After the last word of its gateway: nothing more is known.
  await saw(id, { id: people.juma.userId }, [["joined", 21]], fallen);
  const said = [
    { holderId: fallen, atMs: at(20) },
    { holderId: lasting, atMs: at(59.5) },
  ];
  await writer.recordAttendanceBeats(said.map((beat) => ({ schoolId, liveClassId: id, ...beat })));
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  const found = body.people.map(({ name, minutes, present }) => [name, minutes, present]);
  expect(found).toEqual(
    expect.arrayContaining([
      ["Amina Juma", expect.closeTo(60, 0), true],
      ["Baraka Mushi", 10, false],
      ["Neema Kimaro", 5, false],
      [people.juma.name, 0, false],
    ]),
  );
});

test("the table's times are those of the school's zone; an unknown zone is refused", async () => {
  const { id } = await api.planClass();
  const path = `GET /api/live-classes/${id}/attendance.csv?timeZone=`;
  expect((await api.call(`${path}Africa/Dar_es_Salaam`, { as: teacher })).status).toBe(200);
  expect((await api.call(`${path}Mars/Olympus`, { as: teacher })).status).toBe(422);
});

async function setRule(rule: { lateAfterMinutes: number; presentFromPercent: number }) {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update schools set late_after_minutes = ${rule.lateAfterMinutes},
        present_from_percent = ${rule.presentFromPercent}`),
  );
}

function at(minute: number): number {
  return classStartMs + minute * minuteMs;
}

/** A class that has run for an hour. */
async function startHourAgo() {
  const running = await api.startClass();
  classStartMs = Date.now() - 60 * minuteMs;
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update live_classes set started_at = ${sql.timestamp(new Date(classStartMs))}
      where live_class_id = ${running.id}`),
  );
  return running;
}

/** As the gateway records one session: kinds with the minute of the class. */
async function saw(
  liveClassId: string,
  { id: participantId }: Pick<Person, "id">,
  events: readonly (readonly ["joined" | "seen" | "left", number])[],
  holderId?: string,
): Promise<void> {
  const sessionId = randomUUID();
  const { schoolId } = api.db;
  await writer.recordAttendance(
    events.map(([kind, minute]) => ({
      schoolId,
      liveClassId,
      participantId,
      sessionId,
      kind,
      atMs: at(minute),
      holderId,
    })),
  );
}
