import { sql } from "@darasa/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectControl } from "./collectControl.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let baraka: Person;
let neema: Person;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
  baraka = await api.signIn("baraka");
  neema = await api.signIn("neema");
});
afterAll(() => api.close());

const open = (as: Person, userId: string) =>
  api.call("POST /api/direct-rooms", { as, body: { userId } });
const roomNames = async (as: Person) =>
  (await api.call("GET /api/rooms", { as })).body.rooms.map((room) => room.name);

test("two people have one room, whoever opens it, with the other's name", async () => {
  const rooms = await Promise.all([
    open(teacher, baraka.id),
    open(baraka, teacher.id),
    open(teacher, baraka.id),
  ]);
  expect(new Set(rooms.map(({ body }) => body.id)).size).toBe(1);
  expect(rooms.map(({ body }) => body.name)).toEqual([
    "Baraka Mushi",
    "Amina Juma",
    "Baraka Mushi",
  ]);
  expect(rooms[0].body).toMatchObject({ kind: "direct", role: "teacher", memberCount: 2 });
  expect(rooms[1].body).toMatchObject({ kind: "direct", role: "student" });
  const { id } = rooms[0].body;
  for (const as of [neema, await api.signIn("admin"), await api.signIn("safeguarding")]) {
    expect((await api.call(`GET /api/rooms/${id}`, { as })).status).toBe(404);
  }
  // Nobody is added, and nobody taken out.
  const body = { userId: neema.id, role: "student" };
  expect((await api.call(`POST /api/rooms/${id}/members`, { as: teacher, body })).status).toBe(403);
  expect(
    (await api.call(`DELETE /api/rooms/${id}/members/${baraka.id}`, { as: teacher })).status,
  ).toBe(403);
  expect((await api.call(`DELETE /api/rooms/${id}`, { as: teacher })).status).toBe(403);
});

test("nobody talks to themselves, to another school or to who is not there", async () => {
  expect((await open(teacher, teacher.id)).body.code).toBe("bad_request");
  expect((await open(teacher, api.db.neighbour.people.student.userId)).body.code).toBe("not_found");
  await change(
    sql.fragment`update users set deactivated_at = now() where user_id = ${api.db.people.daudi.userId}`,
  );
  expect((await open(teacher, api.db.people.daudi.userId)).body.code).toBe("not_found");
});

test("students talk to each other while their school lets them, and not a moment longer", async () => {
  expect((await open(baraka, neema.id)).body.code).toBe("forbidden");
  await change(sql.fragment`update schools set student_direct_messages = true`);
  const { body } = await open(baraka, neema.id);
  expect(body).toMatchObject({ kind: "direct", name: "Neema Kimaro" });
  expect(await roomNames(neema)).toContain("Baraka Mushi");
  await change(sql.fragment`update schools set student_direct_messages = false`);
  expect((await open(neema, baraka.id)).body.code).toBe("forbidden");
  expect(await roomNames(neema)).not.toContain("Baraka Mushi");
  expect((await api.call(`GET /api/rooms/${body.id}/messages`, { as: neema })).status).toBe(404);
});

async function change(statement: ReturnType<typeof sql.fragment>): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`${statement}`),
  );
}

test("when students may not talk alone any more, those who do are put out, and nobody else", async () => {
  const admin = await api.signIn("admin");
  const allow = (studentDirectMessages: boolean) =>
    api.call("PATCH /api/school", { as: admin, body: { studentDirectMessages } });
  await allow(true);
  await open(baraka, neema.id);
  await open(baraka, teacher.id);
  const told = await collectControl(api, () => allow(false));
  expect(
    new Set(told.map((message) => "participantId" in message && message.participantId)),
  ).toEqual(new Set([baraka.id, neema.id]));
  expect(told[0]).toMatchObject({ kind: "accessChanged", signInIds: null });
  expect(await collectControl(api, () => allow(false))).toEqual([]);
});
