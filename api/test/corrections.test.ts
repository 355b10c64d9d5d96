import { randomUUID } from "node:crypto";
import { createWriter, type Writer } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let writer: Writer;
let teacher: Person;
let id: string;
beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  teacher = await api.signIn("teacher");
});
afterAll(async () => {
  await writer.close();
  await api.close();
});
beforeEach(async () => {
  ({ id } = await api.startClass());
});
afterEach(() => api.call(`POST /api/live-classes/${id}/end`, { as: teacher }));

const correct = (
  participantId: string,
  body: { readonly verdict: string | null; readonly reason: string },
  as = teacher,
) => api.call(`PATCH /api/live-classes/${id}/attendance/${participantId}`, { as, body });

async function inRegister(participantId: string) {
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  return body.people.find((person) => person.participantId === participantId);
}

test("who never came is excused: the register says by whom and why, beside what was computed", async () => {
  const neema = api.db.people.neema.userId;
  const answer = await correct(neema, { verdict: "excused", reason: "  Ill, her father\tcalled " });
  expect(answer.status, answer.text).toBe(200);
  const corrected = {
    participantId: neema,
    verdict: "excused",
    computed: "absent",
    correction: { verdict: "excused", reason: "Ill, her father called", by: "Amina Juma" },
  };
  expect(answer.body).toMatchObject(corrected);
  expect(await inRegister(neema)).toEqual(answer.body);
  const csv = await api.call(`GET /api/live-classes/${id}/attendance.csv`, { as: teacher });
  expect(csv.text).toContain('"excused","absent","Ill, her father called","Amina Juma"');
  const xlsx = await api.call(`GET /api/live-classes/${id}/attendance.xlsx`, { as: teacher });
  expect(xlsx.headers.get("content-type")).toBe(
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  );
  expect([...xlsx.bytes.subarray(0, 2)]).toEqual([0x50, 0x4b]);
});

test("the last correction counts, taking it back too, and the log has them all", async () => {
  const juma = api.db.people.juma.userId;
  await correct(juma, { verdict: "late", reason: "Bus" });
  await correct(juma, { verdict: "present", reason: "The bus was the school's" });
  expect(await inRegister(juma)).toMatchObject({
    verdict: "present",
    correction: { verdict: "present", reason: "The bus was the school's" },
  });
  const back = await correct(juma, { verdict: null, reason: "Wrong Juma" });
  expect(back.body).toMatchObject({ verdict: "absent", computed: "absent", correction: null });
  const log = await api.call(`GET /api/audit?subject=${juma}&action=attendance.corrected`, {
    as: await api.signIn("admin"),
  });
  expect(log.body.events.toReversed()).toMatchObject([
    { actor: { name: "Amina Juma" }, details: { liveClass: id, verdict: "late", reason: "Bus" } },
    { details: { verdict: "present" } },
    { details: { verdict: null, reason: "Wrong Juma" } },
  ]);
});

test("guests are corrected too; teachers are not judged, and nobody else is in the register", async () => {
  const { body } = await api.call(`GET /api/live-classes/${id}`, { as: teacher });
  const guest = await api.joinAsGuest(body.code ?? "", "Mgeni");
  const verdict = { verdict: "present", reason: "Sat beside Asha" };
  expect((await correct(guest.id, verdict)).body).toMatchObject({ verdict: "present" });
  await api.call(`POST /api/live-classes/${id}/join`, { as: teacher });
  expect((await correct(teacher.id, verdict)).body.code).toBe("bad_request");
  expect((await correct(randomUUID(), verdict)).status).toBe(404);
  const baraka = await api.signIn("baraka");
  expect((await correct(baraka.id, verdict, baraka)).status).toBe(403);
});

test.each([
  { verdict: "present", reason: "" },
  { verdict: "present", reason: " \t" },
  { verdict: "present", reason: "x".repeat(301) },
  { verdict: "ill", reason: "Fever" },
])("%j is no correction", async (body) => {
  expect((await correct(api.db.people.neema.userId, body)).status).toBe(422);
});

test("of a class that has not begun there is nothing to correct", async () => {
  const planned = await api.planClass();
  const answer = await api.call(
    `PATCH /api/live-classes/${planned.id}/attendance/${api.db.people.neema.userId}`,
    { as: teacher, body: { verdict: "excused", reason: "Ill" } },
  );
  expect([answer.status, answer.body.code]).toEqual([409, "class_not_started"]);
});

test("what came computes on beneath a correction", async () => {
  const baraka = await api.signIn("baraka");
  await api.call(`POST /api/live-classes/${id}/join`, { as: baraka });
  await correct(baraka.id, { verdict: "excused", reason: "Choir" });
  const seen = { schoolId: api.db.schoolId, liveClassId: id, participantId: baraka.id };
  const sessionId = randomUUID();
  const leftAtMs = Date.now();
  await asSuperuser(
    api.db,
    "update live_classes set started_at = to_timestamp($2) where live_class_id = $1",
    [id, (leftAtMs - 120_000) / 1000],
  );
  await writer.recordAttendance([
    { ...seen, sessionId, kind: "joined", atMs: leftAtMs - 120_000 },
    { ...seen, sessionId, kind: "left", atMs: leftAtMs },
  ]);
  expect(await inRegister(baraka.id)).toMatchObject({
    verdict: "excused",
    computed: "present",
    minutes: 2,
  });
});
