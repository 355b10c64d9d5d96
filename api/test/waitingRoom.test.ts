import { sql } from "@darasa/database";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { setGuestPolicy } from "./guestPolicy.ts";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let admin: Person;
let id: string;
let code: string;
beforeAll(async () => {
  api = await createTestApi();
  teacher = await api.signIn("teacher");
  admin = await api.signIn("admin");
  await setGuestPolicy(api, "waiting_room");
});
afterAll(() => api.close());
beforeEach(async () => {
  const as = teacher;
  const made = await api.call("POST /api/rooms", { as, body: { kind: "class", name: "Doors" } });
  ({ id, code } = await api.startClass({ roomId: made.body.id }));
});

const told = ({ status, body }: Answer) => [status, body.code];
const ask = (verb: string, as: Person, body?: unknown) =>
  api.call(`POST /api/live-classes/${id}/${verb}`, { as, body });
const waiting = async () => {
  const { body } = await api.call(`GET /api/live-classes/${id}/waiting`, { as: teacher });
  return body.people.map(({ name }) => name);
};
const audited = (action: string) =>
  api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.unsafe`
      select actor_name as actor, subject_id as id, details->>'name' as name from audit_events
      where action = ${action} and details->>'liveClassId' = ${id} order by event_id`),
  );

describe("a guest who waits", () => {
  test("is signed in, knows what for, and has nothing of the class", async () => {
    const joined = await api.call(`POST /api/join/${code}`, { body: { name: "Ali" } });
    expect(joined.body).toMatchObject({
      waiting: true,
      user: { name: "Ali", role: "guest", guestOf: id },
      liveClass: { id, title: "Algebra", code: null, role: "guest" },
    });
    const guest = { ...teacher, token: joined.body.accessToken };
    const seen = await api.call(`GET /api/live-classes/${id}`, { as: guest });
    expect(seen.body).toMatchObject({ id, title: "Algebra", code: null, pin: null });

    const { roomId } = seen.body;
    const boards = await api.call(`GET /api/rooms/${roomId}/boards`, { as: teacher });
    const [board] = boards.body.boards;
    const ticket = "POST /api/realtime/ticket";
    const document = board?.id;
    for (const [request, body] of [
      [`POST /api/live-classes/${id}/join`, undefined],
      [`GET /api/rooms/${roomId}/messages`, undefined],
      [`GET /api/rooms/${roomId}/boards`, undefined],
      [ticket, { audience: "gateway" }],
      [ticket, { audience: "board", document }],
    ] as const) {
      const answer = await api.call(request, { as: guest, body });
      expect([request, ...told(answer)]).toEqual([request, 409, "waiting"]);
    }
    const register = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
    expect(register.body.people).toEqual([]);
  });

  test("waits also before the class starts, and is over when it ends", async () => {
    const planned = await api.planClass();
    const guest = await api.joinAsGuest(planned.code);
    const path = `POST /api/live-classes/${planned.id}/join`;
    expect(told(await api.call(path, { as: guest }))).toEqual([409, "waiting"]);
    const late = await api.joinAsGuest(code);
    await ask("end", teacher);
    expect(told(await ask("join", late))).toEqual([410, "class_ended"]);
    expect(told(await ask("admit", teacher, { participantIds: "all" }))).toEqual([
      410,
      "class_ended",
    ]);
  });

  test("may go again: the name leaves the list and the sign-in ends", async () => {
    const guest = await api.joinAsGuest(code, "Hasty");
    expect(await waiting()).toEqual(["Hasty"]);
    expect((await ask("stop-waiting", guest)).status).toBe(204);
    expect(await waiting()).toEqual([]);
    expect((await ask("join", guest)).status).toBe(401);
  });

  test("who was let in is not put out by going too late", async () => {
    const guest = await api.joinAsGuest(code);
    await ask("admit", teacher, { participantIds: [guest.id] });
    expect((await ask("stop-waiting", guest)).status).toBe(204);
    expect((await ask("join", guest)).status).toBe(200);
  });

  test("is of one class: no word reaches another one", async () => {
    const other = await api.startClass();
    const guest = await api.joinAsGuest(other.code);
    for (const verb of ["join", "stop-waiting"]) {
      expect(told(await ask(verb, guest))).toEqual([404, "not_found"]);
    }
    expect(await ask("admit", teacher, { participantIds: [guest.id] })).toMatchObject({
      status: 200,
    });
    const path = `POST /api/live-classes/${other.id}/join`;
    expect(told(await api.call(path, { as: guest }))).toEqual([409, "waiting"]);
    await api.call(`POST /api/live-classes/${other.id}/end`, { as: teacher });
  });
});

describe("a teacher", () => {
  test("sees who waits, who came first first, and lets one in or all", async () => {
    const guests = [];
    for (const name of ["Ali", "Bea", "Cam"]) guests.push(await api.joinAsGuest(code, name));
    const [ali, bea] = guests as unknown as [Person, Person];
    expect(await waiting()).toEqual(["Ali", "Bea", "Cam"]);
    const after = await ask("admit", teacher, { participantIds: [bea.id] });
    expect(after.body.people.map(({ name }) => name)).toEqual(["Ali", "Cam"]);
    expect((await ask("join", bea)).body).toMatchObject({ role: "guest", liveClass: { code } });
    expect(told(await ask("join", ali))).toEqual([409, "waiting"]);
    expect((await ask("admit", admin, { participantIds: "all" })).body.people).toEqual([]);
    expect((await ask("join", ali)).status).toBe(200);
    expect(await audited("guest.admitted")).toMatchObject([
      { actor: "Amina Juma", id: bea.id, name: "Bea" },
      { name: "Ali" },
      { name: "Cam" },
    ]);
  });

  test("turns one away, who stays out", async () => {
    const guest = await api.joinAsGuest(code, "Mallory");
    const after = await ask("refuse", teacher, { participantIds: [guest.id] });
    expect(after.body.people).toEqual([]);
    expect(told(await ask("join", guest))).toEqual([403, "removed"]);
    expect(told(await api.call(`GET /api/live-classes/${id}`, { as: guest }))).toEqual([
      403,
      "removed",
    ]);
    await ask("admit", teacher, { participantIds: [guest.id] });
    expect(told(await ask("join", guest))).toEqual([403, "removed"]);
    expect(await audited("guest.refused")).toMatchObject([{ id: guest.id, name: "Mallory" }]);
    expect(await audited("guest.admitted")).toEqual([]);
  });

  test("too late to turn away who is inside", async () => {
    const guest = await api.joinAsGuest(code);
    await ask("admit", teacher, { participantIds: "all" });
    expect((await ask("refuse", teacher, { participantIds: [guest.id] })).status).toBe(200);
    expect((await ask("join", guest)).status).toBe(200);
  });

  test("of two who let in the same guest at the same time one did it", async () => {
    const guest = await api.joinAsGuest(code, "Ali");
    const body = { participantIds: [guest.id] };
    const both = await Promise.all([ask("admit", teacher, body), ask("admit", admin, body)]);
    expect(both.map(({ status, body: list }) => [status, list.people])).toEqual([
      [200, []],
      [200, []],
    ]);
    expect(await audited("guest.admitted")).toHaveLength(1);
  });

  test("of two who decide differently the first decides", async () => {
    const guest = await api.joinAsGuest(code, "Ali");
    const body = { participantIds: [guest.id] };
    await Promise.all([ask("admit", teacher, body), ask("refuse", admin, body)]);
    const done = [await audited("guest.admitted"), await audited("guest.refused")];
    expect(done.map((entries) => entries.length).toSorted()).toEqual([0, 1]);
    const isIn = (await ask("join", guest)).status === 200;
    expect(isIn).toBe(done[0]?.length === 1);
  });

  test.each([
    { participantIds: [] },
    { participantIds: ["nobody"] },
    { participantIds: "everyone" },
    {},
  ])("%j is no decision", async (body) => {
    expect(told(await ask("admit", teacher, body))).toEqual([422, "bad_request"]);
    expect(told(await ask("refuse", teacher, body))).toEqual([422, "bad_request"]);
  });
});

describe("the school", () => {
  test("that wants no guests has none, by code or by link", async () => {
    const body = { expiresInHours: 1, skipWaitingRoom: true };
    const { url } = (await ask("guest-links", teacher, body)).body;
    await setGuestPolicy(api, "forbidden");
    const told403 = [403, "guests_forbidden"];
    expect((await api.call(`GET /api/join/${code}`)).body).toMatchObject({ guests: "forbidden" });
    const byCode = await api.call(`POST /api/join/${code}`, { body: { name: "Ali" } });
    expect(told(byCode)).toEqual(told403);
    const token = url.split("#")[1];
    const byLink = await api.call("POST /api/join-link", { body: { token, name: "Ali" } });
    expect(told(byLink)).toEqual(told403);
    expect(told(await ask("guest-links", teacher, body))).toEqual(told403);
    await setGuestPolicy(api, "waiting_room");
  });

  test("that is closed lets nobody in", async () => {
    const suspend = (isSuspended: boolean) =>
      api.db.database.inSchool(api.db.schoolId, (tx) =>
        tx.query(sql.unsafe`
          select govern_school(${api.db.schoolId}, null, null, null, null, ${isSuspended})`),
      );
    await suspend(true);
    expect((await api.call(`GET /api/join/${code}`)).status).toBeGreaterThanOrEqual(403);
    const joined = await api.call(`POST /api/join/${code}`, { body: { name: "Ali" } });
    expect(joined.status).toBeGreaterThanOrEqual(403);
    await suspend(false);
  });

  test("has so many guests in a class at most, those who wait included", async () => {
    const allow = (guests: number) =>
      api.db.database.inSchool(api.db.schoolId, (tx) =>
        tx.query(sql.unsafe`
          select govern_school(${api.db.schoolId}, null, null, null, ${guests}, null)`),
      );
    await allow(2);
    const knock = () => api.call(`POST /api/join/${code}`, { body: { name: "Ali" } });
    const answers = await Promise.all([knock(), knock(), knock(), knock()]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body.code).toBe("limit_reached");
    const [first] = answers.filter(({ status }) => status === 200);
    await ask("refuse", teacher, { participantIds: [first?.body.user.id] });
    expect((await knock()).status).toBe(200);
    await allow(300);
  });
});
