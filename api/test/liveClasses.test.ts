import { listenControl, sql, type ControlMessage } from "@darasa/database";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { makeSweepAbandoned } from "../src/liveClasses/sweepAbandoned.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let teacher: Person;
let student: Person;
beforeAll(async () => {
  api = await createTestApi({
    ICE_SERVERS: '[{"urls":"stun:stun.school.example"}]',
    TURN_URL: "turn:turn.school.example:3478",
    TURN_SECRET: "between us",
  });
  teacher = await api.signIn("teacher");
  student = await api.signIn("baraka");
});
afterEach(async () => {
  const { body } = await api.call("GET /api/live-classes", { as: teacher });
  for (const running of body.liveClasses.filter((one) => one.status === "live")) {
    await act("end", running.id, teacher);
  }
});
afterAll(() => api.close());

const act = (verb: "start" | "join" | "end", id: string, person: Person) =>
  api.call(`POST /api/live-classes/${id}/${verb}`, { as: person });

describe("planning", () => {
  test("gives a class with a code, for now when no time is said", async () => {
    const { roomId } = api.db.rooms.mathematics;
    const planned = await api.call("POST /api/live-classes", {
      as: teacher,
      body: { roomId, title: "Linear <i>equations</i>" },
    });
    expect(planned.body).toMatchObject({
      roomId,
      roomName: "Mathematics, Form 2",
      title: "Linear <i>equations</i>",
      status: "scheduled",
      startsAtMs: api.services.now(),
      startedAtMs: null,
      endedAtMs: null,
      endReason: null,
      videoProvider: "mesh",
      role: "teacher",
      teachers: ["Amina Juma"],
    });
    expect(planned.body.code).toMatch(/^[23456789A-HJ-NP-Z]{6}$/);
  });

  test("a code that is taken is drawn again", async () => {
    const { randomBytes } = api.services;
    const draws = [0, 0, 1].map((fill) => new Uint8Array(6).fill(fill));
    Object.assign(api.services, { randomBytes: () => draws.shift() ?? randomBytes(6) });
    const call = { as: teacher, body: { roomId: api.db.rooms.biology.roomId, title: "X" } };
    const codes = [
      (await api.call("POST /api/live-classes", call)).body.code,
      (await api.call("POST /api/live-classes", call)).body.code,
    ];
    Object.assign(api.services, { randomBytes });
    expect(codes).toEqual(["222222", "333333"]);
  });

  test("can be changed until the start, not after", async () => {
    const { id } = await api.planClass();
    const path = `PATCH /api/live-classes/${id}`;
    const change = { title: "Later", startsAtMs: 1_900_000_000_000, videoProvider: "none" };
    expect((await api.call(path, { as: teacher, body: change })).body).toMatchObject(change);
    const part = await api.call(path, { as: teacher, body: { title: "Much later" } });
    expect(part.body).toMatchObject({ ...change, title: "Much later" });
    await act("start", id, teacher);
    const late = await api.call(path, { as: teacher, body: { title: "Too late" } });
    expect([late.status, late.body.code]).toEqual([409, "conflict"]);
    await act("end", id, teacher);
    const over = await api.call(path, { as: teacher, body: { title: "Over" } });
    expect([over.status, over.body.code]).toEqual([410, "class_ended"]);
  });

  test("a student who plans is refused", async () => {
    const answer = await api.call("POST /api/live-classes", {
      as: student,
      body: { roomId: api.db.rooms.mathematics.roomId, title: "Party" },
    });
    expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
  });
});

describe("the list", () => {
  const hourMs = 3_600_000;
  const listed = async (query = "") => {
    const { body } = await api.call(`GET /api/live-classes${query}`, { as: student });
    return body.liveClasses.map((one) => one.title);
  };

  test("shows what is near in time, and by a window what is far", async () => {
    const now = api.services.now();
    await api.planClass({ title: "tomorrow", startsAtMs: now + 20 * hourMs });
    await api.planClass({ title: "next week", startsAtMs: now + 150 * hourMs });
    await api.startClass({ title: "now, planned long ago", startsAtMs: now - 100 * hourMs });
    const near = await listed();
    expect(near[0]).toBe("now, planned long ago");
    expect(near).toContain("tomorrow");
    expect(near).not.toContain("next week");
    expect(await listed(`?from=${now + 100 * hourMs}&to=${now + 200 * hourMs}`)).toEqual([
      "now, planned long ago",
      "next week",
    ]);
  });

  test("the code is hidden from students who were not let in", async () => {
    const { id } = await api.startClass();
    const codeOf = async () => {
      const { body } = await api.call("GET /api/live-classes", { as: student });
      return body.liveClasses.find((one) => one.id === id)?.code;
    };
    expect(await codeOf()).toBeNull();
    await act("join", id, student);
    expect(await codeOf()).toMatch(/^\w{6}$/);
  });

  test.each(["?from=5", "?from=x", "?to=-1", "?from=1700000000000&to=1600000000000"])(
    "the window %s is refused",
    async (query) => {
      const answer = await api.call(`GET /api/live-classes${query}`, { as: student });
      expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
    },
  );
});

describe("starting", () => {
  test("runs the class, makes a board and tells the gateways once", async () => {
    const made = await api.call("POST /api/rooms", {
      as: teacher,
      body: { kind: "class", name: "Physics" },
    });
    const roomId = made.body.id;
    const { id } = await api.planClass({ roomId });
    const told = await collectControl(async () => {
      const started = await act("start", id, teacher);
      expect(started.body).toMatchObject({ status: "live", endedAtMs: null });
      expect(Math.abs(Number(started.body.startedAtMs) - Date.now())).toBeLessThan(5_000);
      const again = await act("start", id, teacher);
      expect(again.body.startedAtMs).toBe(started.body.startedAtMs);
      await act("end", id, teacher);
    });
    const { schoolId } = api.db;
    expect(told).toEqual([
      { kind: "liveClassStarted", schoolId, roomId, liveClassId: id },
      { kind: "liveClassEnded", schoolId, roomId, liveClassId: id, reason: "teacher" },
    ]);
    const boards = await api.call(`GET /api/rooms/${roomId}/boards`, { as: teacher });
    expect(boards.body.boards).toMatchObject([{ title: "Board 1" }]);
  });

  test("a second class in the same room has to wait", async () => {
    const first = await api.startClass();
    const second = await api.planClass();
    const busy = await act("start", second.id, teacher);
    expect([busy.status, busy.body.code]).toEqual([409, "conflict"]);
    await act("end", first.id, teacher);
    expect((await act("start", second.id, teacher)).status).toBe(200);
  });

  test("two teachers who press at the same time start it once", async () => {
    const { id } = await api.planClass();
    const admin = await api.signIn("admin");
    const [one, other] = await Promise.all([act("start", id, teacher), act("start", id, admin)]);
    expect([one.status, other.status]).toEqual([200, 200]);
    expect(one.body.startedAtMs).toBe(other.body.startedAtMs);
  });

  test("what is over does not start again", async () => {
    const { id } = await api.startClass();
    await act("end", id, teacher);
    const answer = await act("start", id, teacher);
    expect([answer.status, answer.body.code]).toEqual([410, "class_ended"]);
  });
});

describe("joining", () => {
  test("gives a student all that the classroom needs", async () => {
    const { id, code } = await api.startClass();
    const { body, status } = await act("join", id, student);
    const { roomId } = api.db.rooms.mathematics;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      liveClass: { id, code, status: "live", role: "student" },
      room: { id: roomId, name: "Mathematics, Form 2", kind: "class" },
      boards: [{ title: "Board" }],
      role: "student",
      participantId: student.id,
      gateway: { url: "/ws" },
    });
    expect(body.gateway.ticket.split(".")).toHaveLength(3);
    // Twice is once.
    expect((await act("join", id, student)).status).toBe(200);
    expect(await participantsOf(id)).toEqual([["Baraka Mushi", "student"]]);
  });

  test("gives servers and credentials of one's own for the mesh", async () => {
    const { id } = await api.startClass();
    const { video } = (await act("join", id, student)).body;
    const expirySeconds = Math.floor(api.services.now() / 1000) + 8 * 3600;
    expect(video).toEqual({
      provider: "mesh",
      maxMembers: 6,
      iceServers: [
        { urls: "stun:stun.school.example" },
        {
          urls: ["turn:turn.school.example:3478"],
          username: `${expirySeconds}:${student.id}`,
          credential: expect.stringMatching(/^[\w+/]{27}=$/) as string,
        },
      ],
    });
  });

  test("without video there is only that to say", async () => {
    const { id } = await api.startClass({ videoProvider: "none" });
    expect((await act("join", id, student)).body.video).toEqual({ provider: "none" });
  });

  test("makes teachers of the room and those who run the school teachers of the class", async () => {
    const { id } = await api.startClass();
    expect((await act("join", id, teacher)).body.role).toBe("teacher");
    expect((await act("join", id, await api.signIn("admin"))).body.role).toBe("teacher");
  });

  test("waits for the start, for teachers too", async () => {
    const { id } = await api.planClass();
    for (const person of [student, teacher]) {
      const answer = await act("join", id, person);
      expect([answer.status, answer.body.code]).toEqual([409, "class_not_started"]);
    }
    expect(await participantsOf(id)).toEqual([]);
  });

  test("who was removed stays out", async () => {
    const { id } = await api.startClass();
    await act("join", id, student);
    await api.remove(id, student.id);
    const answer = await act("join", id, student);
    expect([answer.status, answer.body.code]).toEqual([403, "removed"]);
  });

  test("is over when the class is", async () => {
    const { id } = await api.startClass();
    await act("end", id, teacher);
    const answer = await act("join", id, student);
    expect([answer.status, answer.body.code]).toEqual([410, "class_ended"]);
  });
});

describe("ending", () => {
  test("ends it once, for everybody", async () => {
    const { id } = await api.startClass();
    const ended = await act("end", id, teacher);
    expect(ended.body).toMatchObject({ status: "ended", endReason: "teacher", code: null });
    expect((await act("end", id, teacher)).body.endedAtMs).toBe(ended.body.endedAtMs);
  });

  test("needs a start first", async () => {
    const { id } = await api.planClass();
    const answer = await act("end", id, teacher);
    expect([answer.status, answer.body.code]).toEqual([409, "class_not_started"]);
  });

  test("happens by itself when no teacher has been there for long", async () => {
    const { id } = await api.startClass();
    const sweep = makeSweepAbandoned(api.services, () => Promise.resolve());
    await sweep();
    await sweep();
    expect((await api.call(`GET /api/live-classes/${id}`, { as: teacher })).body.status).toBe(
      "live",
    );
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`
        update live_classes set teacher_seen_at = now() - interval '11 minutes'
        where live_class_id = ${id}`),
    );
    const told = await collectControl(sweep);
    expect(told).toMatchObject([{ kind: "liveClassEnded", liveClassId: id, reason: "no_teacher" }]);
    const seen = await api.call(`GET /api/live-classes/${id}`, { as: teacher });
    expect(seen.body).toMatchObject({ status: "ended", endReason: "no_teacher", code: null });
  });
});

/** What the gateways are told while `act` runs: everything before a last message of our own. */
async function collectControl(act: () => Promise<void>): Promise<ControlMessage[]> {
  const told: ControlMessage[] = [];
  const listener = listenControl(api.db.appUrl, {
    onMessage: (message) => void told.push(message),
    onReconnected: () => undefined,
  });
  await listener.ready;
  await act();
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(sql.typeAlias("nothing")`select pg_notify('darasa_control', ${marker})`),
  );
  await vi.waitFor(() => expect(told.at(-1)).toMatchObject({ liveClassId: markerId }));
  await listener.close();
  return told.slice(0, -1);
}

const markerId = "00000000-0000-4000-8000-000000000000";
const marker = JSON.stringify({
  kind: "liveClassStarted",
  schoolId: markerId,
  roomId: markerId,
  liveClassId: markerId,
});

async function participantsOf(id: string): Promise<[string, string][]> {
  const row = z.object({ name: z.string(), role: z.string() });
  const rows = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.type(row)`
      select name, role from live_class_participants where live_class_id = ${id} order by name`),
  );
  return rows.map(({ name, role }) => [name, role]);
}
