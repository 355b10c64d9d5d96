import { recordAudit, sql } from "@darasa/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let admin: Person;
beforeAll(async () => {
  api = await createTestApi();
  admin = await api.signIn("admin");
  const { neema, baraka } = api.db.people;
  await api.call(`POST /api/people/${neema.userId}/sign-out`, { as: admin });
  await api.call(`PATCH /api/people/${baraka.userId}`, { as: admin, body: { name: "=Baraka" } });
  await api.call(`POST /api/people/${baraka.userId}/sign-out`, { as: admin });
});
afterAll(() => api.close());

const list = async (query = "") => (await api.call(`GET /api/audit${query}`, { as: admin })).body;

test("tells who did what to whom, newest first", async () => {
  const { events } = await list();
  const [newest, renamed] = events;
  expect(newest).toMatchObject({
    actor: { id: admin.id, name: "Grace Mollel" },
    action: "user.signedOut",
    subject: { kind: "user", id: api.db.people.baraka.userId, name: "=Baraka" },
  });
  expect(renamed?.details).toEqual({ from: "Baraka Mushi", to: "=Baraka" });
});

test("by person, by act, and in pages without hole or double", async () => {
  const { baraka } = api.db.people;
  const bySubject = await list(`?subject=${baraka.userId}`);
  expect(bySubject.events.map(({ action }) => action)).toEqual(["user.signedOut", "user.renamed"]);
  const byAct = await list("?action=user.signedOut");
  expect(byAct.events).toHaveLength(2);
  const first = await list("?limit=2");
  expect(first.more).toBe(true);
  const rest = await list(`?limit=2&before=${first.events.at(-1)?.id ?? 0}`);
  const ids = [...first.events, ...rest.events].map(({ id }) => id);
  expect(ids).toEqual((await list("?limit=4")).events.map(({ id }) => id));
});

test("who came into a room is named, and found by their id", async () => {
  const { roomId } = api.db.rooms.homework;
  const { userId } = api.db.people.teacher;
  await api.call("POST /api/people/import", {
    as: admin,
    body: { csv: "name,email\nA,teacher@demo.darasa", role: "student", roomId },
  });
  expect((await list(`?subject=${userId}`)).events).toMatchObject([
    {
      action: "room.memberSet",
      subject: { kind: "room", id: roomId, name: "Homework circle" },
      person: { id: userId, name: "Amina Juma" },
    },
  ]);
});

test("who started a class and who ended it", async () => {
  const { id } = await api.startClass();
  const teacher = await api.signIn("teacher");
  for (const again of [1, 2]) {
    const ended = await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
    expect(ended.status, `the ${again}. time`).toBe(200);
  }
  expect((await list(`?subject=${id}`)).events).toMatchObject([
    { action: "liveClass.ended", actor: { id: teacher.id }, subject: { name: "Algebra" } },
    { action: "liveClass.started", actor: { id: teacher.id } },
  ]);
});

test("as a table, in which no cell is a formula, and that it was taken is written down too", async () => {
  const answer = await api.call("GET /api/audit.csv?action=user.renamed", { as: admin });
  expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const [, line = ""] = answer.text.split("\r\n");
  expect(line).toContain(`"Grace Mollel","user.renamed","user","'=Baraka"`);
  expect((await list("?limit=1")).events[0]).toMatchObject({
    action: "audit.downloaded",
    details: { entries: 1 },
  });
});

test("an act that did not happen is not written down", async () => {
  const before = await list("?limit=1");
  const failing = api.db.database.inSchool(api.db.schoolId, async (tx) => {
    await recordAudit(tx, { actor: null, action: "school.suspended" });
    throw new Error("not so");
  });
  await expect(failing).rejects.toThrow("not so");
  expect((await list("?limit=1")).events).toEqual(before.events);
});

test("is only added to: the app can change no entry", async () => {
  const change = api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`update audit_events set actor_name = 'Nobody'`),
  );
  await expect(change).rejects.toThrow();
});

test("shows nothing of another school", async () => {
  const { schoolId } = api.db.neighbour;
  await api.db.database.inSchool(schoolId, (tx) =>
    recordAudit(tx, {
      actor: null,
      action: "school.created",
      subject: { kind: "school", id: schoolId },
    }),
  );
  expect((await list("?action=school.created")).events).toEqual([]);
  expect((await list(`?subject=${schoolId}`)).events).toEqual([]);
});
