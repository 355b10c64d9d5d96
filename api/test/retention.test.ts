import { createWriter, sql, type Writer } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { doWhatIsDue } from "../src/retention/startRetention.ts";
import { collectControl } from "./collectControl.ts";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

const dayMs = 24 * 3_600_000;
const minuteMs = 60_000;
const nothing = sql.typeAlias("nothing");

let api: TestApi;
let writer: Writer;
let teacher: Person;
beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  teacher = await api.signIn("teacher");
  // By the shortest that a school may choose for each.
  await execute(sql.fragment`
    update schools set keep_messages_days = 30, keep_attendance_days = 60, keep_boards_days = 90,
      keep_audit_days = 120`);
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

test("messages become tombstones when their time is over, the younger ones stay", async () => {
  const { roomId } = api.db.rooms.mathematics;
  // More than one transaction takes.
  await say(
    roomId,
    Array.from({ length: 1_100 }, (_, index) => `old ${index}`),
  );
  await say(roomId, ["young"]);
  await asSuperuser(
    api.db,
    "update chat_messages set sent_at = now() - interval '31 days' where body like 'old %'",
  );
  await doWhatIsDue(api.services);
  const { body } = await api.call(`GET /api/rooms/${roomId}/messages?limit=200`, { as: teacher });
  expect(body.messages.at(-1)).toMatchObject({ seq: 1_101, body: "young" });
  expect(body.messages.at(-2)).toMatchObject({
    seq: 1_100,
    body: "",
    senderName: "",
    erased: true,
  });
  expect(await count("chat_messages where erased_at is null")).toBe(1);
  expect(await count("chat_messages")).toBe(1_101);
});

test("a school is cleared once a day, by one process", async () => {
  const { roomId } = api.db.rooms.biology;
  await say(roomId, ["of yesterday"]);
  await asSuperuser(
    api.db,
    "update chat_messages set sent_at = now() - interval '31 days' where body = 'of yesterday'",
  );
  await doWhatIsDue(api.services);
  expect(await count("chat_messages where body = 'of yesterday'")).toBe(1);
  api.advance(dayMs);
  await Promise.all([doWhatIsDue(api.services), doWhatIsDue(api.services)]);
  expect(await count("chat_messages where body = 'of yesterday'")).toBe(0);
  const runs = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(
      sql.unsafe`select actor_id, details from audit_events where action = 'school.retentionRan'`,
    ),
  );
  expect(runs).toMatchObject([{ details: { messages: 1_100 } }, { details: { messages: 1 } }]);
});

test("another school's things stay as long as that school keeps them", async () => {
  const { schoolId, rooms, people } = api.db.neighbour;
  await writer.appendChatMessages([
    {
      schoolId,
      roomId: rooms.history.roomId,
      liveClassId: null,
      senderId: people.student.userId,
      senderName: people.student.name,
      senderRole: "student",
      clientId: "theirs",
      body: "theirs",
    },
  ]);
  await asSuperuser(
    api.db,
    "update chat_messages set sent_at = now() - interval '31 days' where body = 'theirs'",
  );
  api.advance(dayMs);
  await doWhatIsDue(api.services);
  expect(await count("chat_messages where body = 'theirs'")).toBe(1);
});

test("of an old class nothing says who was there, and the register says so", async () => {
  // Tokens of days ago have run out.
  const as = await api.signIn("teacher");
  const { id, code } = await api.startClass();
  const guest = await api.joinAsGuest(code, "Passing Visitor");
  await api.call(`POST /api/live-classes/${id}/join`, { as });
  await writer.recordAttendance([
    {
      schoolId: api.db.schoolId,
      liveClassId: id,
      participantId: guest.id,
      sessionId: id,
      kind: "joined",
      atMs: Date.now(),
    },
  ]);
  await api.call(`POST /api/live-classes/${id}/end`, { as });
  await api.call(`PATCH /api/live-classes/${id}/attendance/${guest.id}`, {
    as,
    body: { verdict: "present", reason: "Watched from the first row" },
  });
  const register = async () =>
    (await api.call(`GET /api/live-classes/${id}/attendance`, { as: await api.signIn("teacher") }))
      .body;
  expect(await register()).toMatchObject({ isRemoved: false });
  api.advance(61 * dayMs);
  await doWhatIsDue(api.services);
  expect(await register()).toMatchObject({ isRemoved: true, people: [] });
  expect(await count("attendance_events")).toBe(0);
  expect(await count("attendance_corrections")).toBe(0);
  expect(await count("live_class_participants where name = 'Passing Visitor'")).toBe(0);
});

test("boards that nobody changed for long go with all that was drawn on them", async () => {
  const [old, drawnOn] = [api.db.rooms.mathematics.boardId, api.db.rooms.biology.boardId];
  await asSuperuser(api.db, "update boards set created_at = now() - interval '2 years'");
  const body = Uint8Array.of(1);
  await writer.appendBoardUpdates(
    [old, old, drawnOn].map((boardId) => ({
      schoolId: api.db.schoolId,
      boardId,
      body,
      authors: [],
    })),
  );
  await asSuperuser(
    api.db,
    "update board_updates set created_at = now() - interval '1 year' where board_id = $1",
    [old],
  );
  await asSuperuser(
    api.db,
    "update board_updates set created_at = to_timestamp($2) where board_id = $1",
    [drawnOn, String(api.services.now() / 1_000)],
  );
  api.advance(dayMs);
  await doWhatIsDue(api.services);
  expect(await count(`boards where board_id = '${old}'`)).toBe(0);
  expect(await count(`board_updates where board_id = '${old}'`)).toBe(0);
  expect(await count(`boards where board_id = '${drawnOn}'`)).toBe(1);
  expect(await count(`board_updates where board_id = '${drawnOn}'`)).toBe(1);
});

test("old entries of the log, sign-ins, links, invitations and mails that are over go", async () => {
  const at = (days: number) => sql.timestamp(new Date(api.services.now() - days * dayMs));
  await execute(sql.fragment`
    insert into audit_events (school_id, at, actor_name, action)
    values (app_school_id(), ${at(121)}, 'old', 'room.changed'), (app_school_id(), ${at(1)}, 'young', 'room.changed')`);
  const { userId } = api.db.people.juma;
  await execute(sql.fragment`
    insert into sign_ins (school_id, user_id, device, expires_at) values
      (app_school_id(), ${userId}, 'old', ${at(1)}), (app_school_id(), ${userId}, 'young', ${at(-0.75)})`);
  await execute(sql.fragment`
    insert into email_links (school_id, token_hash, user_id, purpose, email, expires_at) values
      (app_school_id(), sha256('1'), ${userId}, 'reset', 'old', ${at(1)}),
      (app_school_id(), sha256('2'), ${userId}, 'reset', 'young', ${at(-0.75)})`);
  await execute(sql.fragment`
    insert into invitations (school_id, token_hash, name, role, expires_at) values
      (app_school_id(), sha256('1'), 'old', 'student', ${at(31)}),
      (app_school_id(), sha256('2'), 'young', 'student', ${at(1)})`);
  await execute(sql.fragment`
    insert into mails (school_id, recipient, recipient_role, subject, body, sent_at) values
      (app_school_id(), 'x', 'student', 'old', '', ${at(31)}), (app_school_id(), 'x', 'student', 'young', '', ${at(1)})`);
  await execute(sql.fragment`
    insert into mails (school_id, recipient, recipient_role, subject, body, created_at)
    values
      (app_school_id(), 'x', 'student', 'old and unsent', '', ${at(31)}),
      (app_school_id(), 'x', 'student', 'unsent', '', ${at(1)})`);
  api.advance(dayMs / 2);
  await doWhatIsDue(api.services);
  expect(await count("audit_events where actor_name = 'old'")).toBe(1);
  api.advance(dayMs / 2);
  await doWhatIsDue(api.services);
  const left = await asSuperuser<{ name: string }>(
    api.db,
    `select actor_name as name from audit_events where action = 'room.changed'
     union all select device from sign_ins where device in ('old', 'young')
     union all select email from email_links union all select name from invitations
     union all select subject from mails order by 1`,
  );
  // The sign-in and the link that had less than a day left have run out by now.
  expect(left.map(({ name }) => name)).toEqual(["unsent", "young", "young", "young"]);
});

test("what media servers told is known for an hour, so that it counts once, and then forgotten", async () => {
  await execute(sql.fragment`
    insert into webhook_events (school_id, provider, event_id, received_at) values
      (app_school_id(), 'jitsi', 'old', now() - interval '61 minutes'),
      (app_school_id(), 'livekit', 'old', now() - interval '2 days'),
      (app_school_id(), 'livekit', 'young', now() - interval '59 minutes')`);
  api.advance(dayMs);
  await doWhatIsDue(api.services);
  expect(await count("webhook_events where event_id = 'old'")).toBe(0);
  expect(await count("webhook_events where event_id = 'young'")).toBe(1);
});

test("no client id that somebody thought of keeps their messages from going", async () => {
  const { roomId } = api.db.rooms.homework;
  await say(roomId, ["one", "two", "three"]);
  await asSuperuser(
    api.db,
    `update chat_messages set sent_at = now() - interval '31 days', client_id = 'erased:' || (seq % 3 + 1)
     where room_id = $1`,
    [roomId],
  );
  await execute(sql.fragment`update schools set retention_ran_at = null`);
  await doWhatIsDue(api.services);
  expect(await count(`chat_messages where room_id = '${roomId}' and erased_at is null`)).toBe(0);
});

test("a substitute is out when their time is over, on open connections too", async () => {
  const { roomId } = api.db.rooms.mathematics;
  await execute(sql.fragment`
    update users set role = 'teacher' where user_id = ${api.db.people.zawadi.userId}`);
  const body = {
    userId: api.db.people.zawadi.userId,
    role: "teacher",
    untilMs: api.services.now() + 10 * minuteMs,
  };
  const as = await api.signIn("teacher");
  expect((await api.call(`POST /api/rooms/${roomId}/members`, { as, body })).status).toBe(200);
  const substitute = await api.signIn("zawadi");
  const seen = () => api.call(`GET /api/rooms/${roomId}`, { as: substitute });
  await doWhatIsDue(api.services);
  expect((await seen()).status).toBe(200);
  api.advance(10 * minuteMs);
  const told = await collectControl(api, () => doWhatIsDue(api.services));
  expect(told).toMatchObject([
    { kind: "accessChanged", participantId: substitute.id, signInIds: null },
  ]);
  expect((await seen()).status).toBe(404);
});

async function execute(statement: ReturnType<typeof sql.fragment>): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) => tx.query(nothing`${statement}`));
}

async function count(from: string): Promise<number> {
  const [row] = await asSuperuser<{ count: string }>(api.db, `select count(*) from ${from}`);
  return Number(row?.count);
}

async function say(roomId: string, bodies: readonly string[]): Promise<void> {
  const { schoolId, people } = api.db;
  for (let first = 0; first < bodies.length; first += 500) {
    await writer.appendChatMessages(
      bodies.slice(first, first + 500).map((body) => ({
        schoolId,
        roomId,
        liveClassId: null,
        senderId: people.baraka.userId,
        senderName: people.baraka.name,
        senderRole: "student" as const,
        clientId: body,
        body,
      })),
    );
  }
}
