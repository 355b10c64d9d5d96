import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let student: Person;
let admin: Person;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
  student = await api.signIn("baraka");
  admin = await api.signIn("admin");
});
afterAll(() => api.close());

test("a student sees their rooms, with their role and how many belong there", async () => {
  const { body } = await api.call("GET /api/rooms", { as: student });
  const { mathematics, biology, homework } = api.db.rooms;
  expect(body.rooms).toEqual([
    room(biology.roomId, "Biology, Form 2", { memberCount: 7 }),
    room(homework.roomId, "Homework circle", { kind: "group", memberCount: 6 }),
    room(mathematics.roomId, "Mathematics, Form 2", { memberCount: 7 }),
  ]);
});

test("a room shows the class that runs in it", async () => {
  const { id, code } = await api.startClass({ roomId: api.db.rooms.biology.roomId });
  const seen = async (person: Person) =>
    (await api.call(`GET /api/rooms/${api.db.rooms.biology.roomId}`, { as: person })).body;
  expect(await seen(teacher)).toMatchObject({ role: "teacher", liveClass: { id, code } });
  // Who has not been let in does not see the code.
  expect(await seen(student)).toMatchObject({ liveClass: { id, code: null, role: "student" } });
  await api.call(`POST /api/live-classes/${id}/end`, { as: teacher });
  expect(await seen(teacher)).toMatchObject({ liveClass: null });
});

test("those who run the school see every class and group, as teachers", async () => {
  const { body } = await api.call("GET /api/rooms", { as: admin });
  expect(body.rooms).toHaveLength(3);
  expect(body.rooms.every((seen) => seen.role === "teacher")).toBe(true);
});

test("a teacher opens a room, is its teacher, and lets a student in", async () => {
  const made = await api.call("POST /api/rooms", {
    as: teacher,
    body: { kind: "group", name: " Chess \u202Eclub " },
  });
  expect(made.body).toMatchObject({
    kind: "group",
    name: "Chess club",
    role: "teacher",
    memberCount: 1,
    lastSeq: 0,
    liveClass: null,
  });
  const path = `/api/rooms/${made.body.id}`;
  expect((await api.call(`GET ${path}`, { as: student })).status).toBe(404);
  const added = await api.call(`POST ${path}/members`, {
    as: teacher,
    body: { userId: student.id, role: "student" },
  });
  expect(added.body.members).toEqual([
    { userId: teacher.id, name: "Amina Juma", role: "teacher", untilMs: null },
    { userId: student.id, name: "Baraka Mushi", role: "student", untilMs: null },
  ]);
  expect((await api.call(`GET ${path}`, { as: student })).body.role).toBe("student");
  // The same again changes the role.
  await api.call(`POST ${path}/members`, {
    as: teacher,
    body: { userId: student.id, role: "teacher" },
  });
  expect((await api.call(`GET ${path}`, { as: student })).body.role).toBe("teacher");
});

test("an account of another school cannot become a member", async () => {
  const answer = await api.call(`POST /api/rooms/${api.db.rooms.mathematics.roomId}/members`, {
    as: teacher,
    body: { userId: api.db.neighbour.people.student.userId, role: "student" },
  });
  expect([answer.status, answer.body.code]).toEqual([404, "not_found"]);
});

test.each([
  { kind: "direct", name: "X" },
  { kind: "class" },
  { kind: "class", name: "" },
  [],
  null,
])("the room %j is refused", async (body) => {
  const answer = await api.call("POST /api/rooms", { as: teacher, body });
  expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
});

function room(id: string, name: string, rest: object) {
  return {
    id,
    name,
    kind: "class",
    role: "student",
    isSubstitute: false,
    lastSeq: 0,
    liveClass: null,
    ...rest,
  };
}
