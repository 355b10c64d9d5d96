import { sql } from "@darasa/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { collectControl } from "./collectControl.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let student: Person;
let admin: Person;
/** Another teacher of the school. */
let colleague: Person;

beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
  student = await api.signIn("baraka");
  admin = await api.signIn("admin");
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update users set role = 'teacher' where user_id = ${api.db.people.zawadi.userId}`),
  );
  colleague = await api.signIn("zawadi");
});
afterAll(() => api.close());

const hourMs = 3_600_000;

test("a co-teacher runs the class too, and what they may do changes on open connections", async () => {
  const id = await newRoom("class");
  await set(id, colleague, { role: "student" });
  const told = await collectControl(api, () => set(id, colleague, { role: "teacher" }));
  expect(told).toMatchObject([
    { kind: "accessChanged", participantId: colleague.id, signInIds: null },
  ]);
  expect((await api.call(`GET /api/rooms/${id}`, { as: colleague })).body.role).toBe("teacher");
  expect((await set(id, student, { role: "student" }, colleague)).status).toBe(200);
});

test("who does not teach in the school is a teacher of groups only", async () => {
  const refused = await set(await newRoom("class"), student, { role: "teacher" });
  expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
  expect((await set(await newRoom("group"), student, { role: "teacher" })).status).toBe(200);
});

test("a substitute teaches until their time is over, and decides on no other teacher", async () => {
  const id = await newRoom("class");
  const untilMs = api.services.now() + hourMs;
  const { body } = await set(id, colleague, { role: "teacher", untilMs });
  expect(body.members).toContainEqual(
    expect.objectContaining({ userId: colleague.id, role: "teacher", untilMs }),
  );
  const seen = await api.call(`GET /api/rooms/${id}`, { as: colleague });
  expect(seen.body).toMatchObject({ role: "teacher", isSubstitute: true });
  expect((await set(id, student, { role: "student" }, colleague)).status).toBe(200);
  for (const refused of [
    set(id, colleague, { role: "teacher" }, colleague),
    set(id, teacher, { role: "student" }, colleague),
    remove(id, teacher, colleague),
    api.call(`DELETE /api/rooms/${id}`, { as: colleague }),
  ]) {
    expect((await refused).body.code).toBe("forbidden");
  }
  expect((await set(id, student, { role: "student", untilMs })).status).toBe(422);
  expect(
    (await set(id, colleague, { role: "teacher", untilMs: untilMs - 2 * hourMs })).status,
  ).toBe(422);
});

test("a substitute whose time is over has nothing there any more, whoever clears up when", async () => {
  const id = await newRoom("class");
  await set(id, colleague, { role: "teacher", untilMs: api.services.now() + hourMs });
  const live = await api.startClass({ roomId: id });
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      update room_members set until = now() - interval '1 second' where room_id = ${id} and until is not null`),
  );
  for (const path of [`rooms/${id}`, `rooms/${id}/messages`, `live-classes/${live.id}`]) {
    expect([path, (await api.call(`GET /api/${path}`, { as: colleague })).status]).toEqual([
      path,
      404,
    ]);
  }
  const { body } = await api.call("GET /api/live-classes", { as: colleague });
  expect(body.liveClasses.map((one) => one.id)).not.toContain(live.id);
});

test("the last teacher who stays goes only by the hand of who runs the school", async () => {
  const id = await newRoom("class");
  await set(id, colleague, { role: "teacher", untilMs: api.services.now() + hourMs });
  for (const act of [set(id, teacher, { role: "student" }), remove(id, teacher, teacher)]) {
    expect((await act).body.code).toBe("conflict");
  }
  expect((await remove(id, teacher, admin)).status).toBe(204);
  expect((await api.call(`GET /api/rooms/${id}`, { as: teacher })).status).toBe(404);
});

test("who is taken out of a room is out at once, everywhere", async () => {
  const id = await newRoom("class");
  await set(id, student, { role: "student" });
  const told = await collectControl(api, () => remove(id, student, teacher));
  expect(told).toMatchObject([
    { kind: "accessChanged", participantId: student.id, signInIds: null },
  ]);
  expect((await api.call(`GET /api/rooms/${id}`, { as: student })).status).toBe(404);
  expect((await remove(id, student, teacher)).status).toBe(404);
});

test("everybody leaves a group by themselves, and a student no class", async () => {
  const [group, lesson] = [await newRoom("group"), await newRoom("class")];
  await set(group, student, { role: "student" });
  await set(lesson, student, { role: "student" });
  expect((await remove(lesson, student, student)).status).toBe(403);
  expect((await remove(group, student, student)).status).toBe(204);
  expect((await remove(group, teacher, student)).status).toBe(404);
});

test("a member's place is changed, and only a member's", async () => {
  const id = await newRoom("group");
  const path = `PATCH /api/rooms/${id}/members/${student.id}`;
  const call = () => api.call(path, { as: teacher, body: { role: "teacher" } });
  expect((await call()).status).toBe(404);
  await set(id, student, { role: "student" });
  expect((await call()).body.members).toContainEqual(
    expect.objectContaining({ userId: student.id, role: "teacher" }),
  );
});

test("a room is renamed, and archived when no class runs in it: then nobody sees it", async () => {
  const id = await newRoom("class");
  await set(id, student, { role: "student" });
  const renamed = await api.call(`PATCH /api/rooms/${id}`, {
    as: teacher,
    body: { name: " Form 3 " },
  });
  expect(renamed.body.name).toBe("Form 3");
  const { id: classId } = await api.startClass({ roomId: id });
  expect((await api.call(`DELETE /api/rooms/${id}`, { as: teacher })).body.code).toBe("conflict");
  await api.call(`POST /api/live-classes/${classId}/end`, { as: teacher });
  const planned = await api.planClass({ roomId: id });
  const told = await collectControl(api, () =>
    api.call(`DELETE /api/rooms/${id}`, { as: teacher }),
  );
  expect(told.map((message) => message.kind)).toEqual(["accessChanged", "accessChanged"]);
  for (const as of [teacher, student, admin]) {
    expect((await api.call(`GET /api/rooms/${id}`, { as })).status).toBe(404);
  }
  const start = `POST /api/live-classes/${planned.id}/start`;
  expect((await api.call(start, { as: teacher })).status).toBe(404);
});

test("what a teacher does to a room stands in the audit log", async () => {
  const id = await newRoom("group");
  await set(id, student, { role: "student" });
  await remove(id, student, teacher);
  const actions = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(
      sql.unsafe`select action, details from audit_events where subject_id = ${id} order by event_id`,
    ),
  );
  expect(actions).toEqual([
    { action: "room.created", details: {} },
    { action: "room.memberSet", details: { userId: student.id, role: "student", untilMs: null } },
    { action: "room.memberRemoved", details: { userId: student.id } },
  ]);
});

test("a school has no more rooms than it may", async () => {
  await govern(1);
  const made = await api.call("POST /api/rooms", {
    as: teacher,
    body: { kind: "group", name: "X" },
  });
  expect([made.status, made.body.code]).toEqual([409, "limit_reached"]);
  await govern(2_000);
});

async function newRoom(kind: "class" | "group"): Promise<string> {
  const made = await api.call("POST /api/rooms", { as: teacher, body: { kind, name: "Room" } });
  return made.body.id;
}

function set(
  id: string,
  member: Person,
  place: { readonly role: string; readonly untilMs?: number },
  as: Person = teacher,
) {
  return api.call(`POST /api/rooms/${id}/members`, { as, body: { userId: member.id, ...place } });
}

function remove(id: string, member: Person, as: Person) {
  return api.call(`DELETE /api/rooms/${id}/members/${member.id}`, { as });
}

async function govern(maxRooms: number): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`
      select govern_school(${api.db.schoolId}, null, ${maxRooms}, null, null, null)`),
  );
}
