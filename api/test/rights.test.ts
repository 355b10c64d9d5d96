import { createWriter, recordAudit, sql, type Writer } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { queueMail } from "../src/mail/queueMail.ts";
import { doWhatIsDue } from "../src/retention/startRetention.ts";
import { collectControl } from "./collectControl.ts";
import { scanDatabase } from "./scanDatabase.ts";
import { createTestApi, type Answer, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let writer: Writer;
let admin: Person;
let teacher: Person;
beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  admin = await api.signIn("admin");
  teacher = await api.signIn("teacher");
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

const nothing = sql.typeAlias("nothing");
/** Nobody and nothing else is called that. */
const canary = "Kanari\u00EF7q";

describe("a pupil's rights", () => {
  let pupil: Person;
  let liveClassId: string;

  /** A pupil who left traces wherever one can. */
  beforeAll(async () => {
    const userId = api.db.people.neema.userId;
    await execute(sql.fragment`
      update users set name = ${`${canary} Kimaro`}, email = ${`${canary.toLowerCase()}@demo.darasa`},
        preferences = ${sql.jsonb({ nick: canary })}, password_hash = ${`$argon2id$${canary}`},
        totp_secret = convert_to(${canary}, 'UTF8')
      where user_id = ${userId}`);
    await execute(sql.fragment`
      with picture as (
        insert into pictures (school_id, media_type, body)
        values (app_school_id(), 'image/png', convert_to(${canary}, 'UTF8')) returning picture_id
      )
      update users set picture_id = (select picture_id from picture) where user_id = ${userId}`);
    await execute(sql.fragment`
      insert into email_links (school_id, token_hash, user_id, purpose, email, expires_at)
      values (app_school_id(), sha256('x'), ${userId}, 'reset', ${`${canary.toLowerCase()}@demo.darasa`}, now() + interval '1 hour')`);
    pupil = { ...(await api.signIn("neema")), name: `${canary} Kimaro` };
    await execute(sql.fragment`
      update sign_ins set device = ${`${canary} phone`} where user_id = ${userId}`);
    ({ id: liveClassId } = await api.startClass());
    await api.call(`POST /api/live-classes/${liveClassId}/join`, { as: pupil });
    await sawPupil(userId);
    await say(
      api.db.rooms.mathematics.roomId,
      pupil,
      [1, 2, 3].map((n) => `${canary} says ${n}`),
    );
    await say(api.db.rooms.mathematics.roomId, teacher, ["Well done"]);
    await writer.appendBoardUpdates([
      {
        schoolId: api.db.schoolId,
        boardId: api.db.rooms.biology.boardId,
        body: Buffer.from(`${canary} wrote here`),
        authors: [],
        drawers: [{ clientId: 42, participantId: userId }],
      },
    ]);
    await say(api.db.rooms.homework.roomId, pupil, [`${canary} in the circle`]);
    await api.call(`PATCH /api/live-classes/${liveClassId}/attendance/${userId}`, {
      as: teacher,
      body: { verdict: "excused", reason: `${canary}'s mother called` },
    });
    await execute(sql.fragment`
      insert into recordings (school_id, live_class_id, started_by, stopped_at)
      values (app_school_id(), ${liveClassId}, ${teacher.id}, now())`);
    // Signing out is an act of the pupil's own that the log may have under their name.
    await execute(sql.fragment`
      insert into audit_events (school_id, actor_id, actor_name, action, subject_kind, subject_id)
      values (app_school_id(), ${userId}, ${pupil.name}, 'user.passwordChanged', 'user', ${userId})`);
    await api.db.database.inSchool(api.db.schoolId, (tx) =>
      queueMail(tx, {
        to: `${canary.toLowerCase()}@demo.darasa`,
        recipientRole: "student",
        language: "en",
        mail: { kind: "passwordChanged", name: pupil.name, schoolName: "Demo" },
      }),
    );
  });

  test("the export has all of it, readable, and says what each file is", async () => {
    const answer = await api.call(`GET /api/people/${pupil.id}/export`, { as: admin });
    expect(answer.headers.get("content-type")).toBe("application/zip");
    const files = filesOf(answer);
    expect(Object.keys(files).toSorted()).toEqual([
      "README.txt",
      "audit.json",
      "boards.json",
      "corrections.json",
      "drawings.json",
      "live-classes.json",
      "mails.json",
      "messages.json",
      "person.json",
      "picture",
      "recordings.json",
      "rooms.json",
      "sign-ins.json",
    ]);
    for (const name of Object.keys(files)) {
      if (name !== "README.txt") expect(files["README.txt"], name).toContain(name);
    }
    expect(read(files, "person.json")).toMatchObject([
      { name: pupil.name, role: "student", preferences: { nick: canary } },
    ]);
    expect(read(files, "messages.json")).toMatchObject(
      [
        ...[1, 2, 3].map((seq) => ({ seq, body: `${canary} says ${seq}` })),
        { seq: 1, body: `${canary} in the circle` },
      ].toSorted(byRoom()),
    );
    expect(read(files, "live-classes.json")).toMatchObject([
      { title: "Algebra", role: "student", seen: [{ kind: "joined" }, { kind: "left" }] },
    ]);
    expect(read(files, "recordings.json")).toMatchObject([
      {
        title: "Algebra",
        room: api.db.rooms.mathematics.name,
        started_by: teacher.name,
        kept_until: expect.any(String) as unknown,
      },
    ]);
    expect(read(files, "sign-ins.json")).toMatchObject([{ device: `${canary} phone` }]);
    expect(read(files, "rooms.json")).toHaveLength(3);
    const { boardId, roomId } = api.db.rooms.biology;
    expect(read(files, "drawings.json")).toMatchObject([{ board_id: boardId, room_id: roomId }]);
    expect(read(files, "corrections.json")).toMatchObject([
      { title: "Algebra", verdict: "excused", reason: `${canary}'s mother called` },
    ]);
    expect(read(files, "audit.json")).toMatchObject([
      { action: "attendance.corrected", who: "to you" },
      { action: "user.passwordChanged", who: "by you" },
      { action: "user.exported", who: "to you" },
    ]);
    expect(files["picture"]).toBe(canary);
    expect(answer.text).not.toContain("argon2id");
    expect(Object.values(files).join()).not.toContain("argon2id");
  });

  test("everybody has their own, and it is audited as any other", async () => {
    const own = filesOf(await api.call("GET /api/me/export", { as: pupil }));
    expect(read(own, "audit.json").at(-1)).toMatchObject({
      action: "user.exported",
      who: "by you",
    });
  });

  test("of one person one export runs at a time", async () => {
    const leave = api.services.exports.enter(pupil.id);
    const answer = await api.call(`GET /api/people/${pupil.id}/export`, { as: admin });
    expect([answer.status, answer.body.code]).toEqual([429, "rate_limited"]);
    leave();
    expect((await api.call(`GET /api/people/${pupil.id}/export`, { as: admin })).status).toBe(200);
  });

  test("nobody is erased by a slip of the finger, nor by who may not", async () => {
    const erase = (as: Person, id: string, confirm: string) =>
      api.call(`POST /api/people/${id}/erase`, { as, body: { confirm } });
    expect((await erase(admin, pupil.id, "Kimaro")).body.code).toBe("bad_request");
    expect((await erase(teacher, pupil.id, pupil.name)).body.code).toBe("forbidden");
    expect((await erase(admin, admin.id, "Grace Mollel")).body.code).toBe("forbidden");
    await setRole("daudi", "super_admin");
    expect((await erase(admin, api.db.people.daudi.userId, "Daudi Komba")).body.code).toBe(
      "forbidden",
    );
    const operator = await api.signIn("daudi");
    expect((await erase(operator, admin.id, "Grace Mollel")).body.code).toBe("conflict");
    await setRole("daudi", "student");
    expect((await api.call("GET /api/me", { as: pupil })).status).toBe(200);
  });

  test("[C6] who is erased is nowhere any more, and the numbering stays whole", async () => {
    expect(await scanDatabase(api.db, canary)).not.toEqual([]);
    const erase = () =>
      api.call(`POST /api/people/${pupil.id}/erase`, {
        as: admin,
        body: { confirm: ` ${pupil.name}` },
      });
    const told = await collectControl(api, async () => expect((await erase()).status).toBe(204));

    // What was drawn is the gateway's to take away; there is none here.
    expect(await scanDatabase(api.db, canary)).toEqual(["board_updates.body"]);
    expect(await scanDatabase(api.db, canary.toLowerCase())).toEqual([]);
    expect(told).toContainEqual({
      kind: "drawingsErased",
      schoolId: api.db.schoolId,
      participantId: pupil.id,
    });
    // Open connections end, open chats show what is left.
    expect(told).toContainEqual(
      expect.objectContaining({ kind: "accessChanged", participantId: pupil.id, signInIds: null }),
    );
    const erasedIn = told.filter(({ kind }) => kind === "messagesErased");
    expect(new Set(erasedIn.map((message) => "roomId" in message && message.roomId))).toEqual(
      new Set([api.db.rooms.mathematics.roomId, api.db.rooms.homework.roomId]),
    );
    expect((await api.call("GET /api/me", { as: pupil })).status).toBe(401);

    const { body } = await api.call(`GET /api/rooms/${api.db.rooms.mathematics.roomId}/messages`, {
      as: teacher,
    });
    expect(body.messages).toMatchObject([
      { seq: 1, senderId: pupil.id, senderName: "", body: "", erased: true },
      { seq: 2, body: "", erased: true },
      { seq: 3, body: "", erased: true },
      { seq: 4, senderName: teacher.name, body: "Well done" },
    ]);
    expect(body.messages[3]).not.toHaveProperty("erased");
    const register = await api.call(`GET /api/live-classes/${liveClassId}/attendance`, {
      as: teacher,
    });
    expect(
      register.body.people.filter(({ participantId }) => participantId === pupil.id),
    ).toMatchObject([
      {
        name: "",
        segments: [{}],
        verdict: "excused",
        correction: { reason: "", by: "Amina Juma" },
      },
    ]);
    expect((await erase()).status).toBe(404);
    expect((await api.call(`GET /api/people/${pupil.id}/export`, { as: admin })).status).toBe(404);
  });

  test("a message that a gateway stored too late does not stay either", async () => {
    const { roomId } = api.db.rooms.mathematics;
    await asSuperuser(
      api.db,
      `with next as (
         update rooms set last_seq = last_seq + 1 where room_id = $1 returning school_id, room_id, last_seq
       )
       insert into chat_messages (school_id, room_id, seq, client_id, sender_id, sender_name, body)
       select school_id, room_id, last_seq, 'late', $2, $3, $3 from next`,
      [roomId, pupil.id, `${canary} was faster`],
    );
    await doWhatIsDue(api.services);
    expect(await scanDatabase(api.db, canary)).toEqual(["board_updates.body"]);
    // Gateways are asked until one has done it.
    api.advance(11 * 60_000);
    const told = await collectControl(api, () => doWhatIsDue(api.services));
    expect(told).toContainEqual(expect.objectContaining({ kind: "drawingsErased" }));
    expect(await pendingErasures()).toBe(1);
    await eraseDrawings(pupil.id);
    expect(await scanDatabase(api.db, canary)).toEqual([]);
    // Then nobody looks any more.
    expect(await collectControl(api, () => doWhatIsDue(api.services))).toEqual([]);
    expect(await pendingErasures()).toBe(0);
    await say(roomId, teacher, ["Next"]);
    const { body } = await api.call(`GET /api/rooms/${roomId}/messages`, { as: teacher });
    expect(body.messages.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

test("a guest is erased: out of the class, without a name, and their minutes stay", async () => {
  const name = "Mgeni Kanari";
  const { id, code } = await api.startClass({ roomId: api.db.rooms.biology.roomId });
  const guest = await api.joinAsGuest(code, name);
  await say(api.db.rooms.biology.roomId, guest, ["I am Mgeni Kanari"]);
  const path = `POST /api/live-classes/${id}/participants/${guest.id}/erase`;
  expect((await api.call(path, { as: admin, body: { confirm: "Mgeni" } })).body.code).toBe(
    "bad_request",
  );
  expect((await api.call(path, { as: teacher, body: { confirm: name } })).body.code).toBe(
    "forbidden",
  );
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.query(
      sql.unsafe`update live_classes set presenter_id = ${guest.id} where live_class_id = ${id}`,
    ),
  );
  const told = await collectControl(api, async () =>
    expect((await api.call(path, { as: admin, body: { confirm: name } })).status).toBe(204),
  );
  expect(told).toContainEqual(
    expect.objectContaining({ kind: "drawingsErased", participantId: guest.id }),
  );
  expect(told).toContainEqual(
    expect.objectContaining({ stage: expect.objectContaining({ presenter: null }) as unknown }),
  );
  expect(await scanDatabase(api.db, "Kanari")).toEqual([]);
  expect((await api.call("GET /api/me", { as: guest })).status).toBe(401);
  const { body } = await api.call(`GET /api/live-classes/${id}/attendance`, { as: teacher });
  expect(body.people.find(({ participantId }) => participantId === guest.id)).toMatchObject({
    name: "",
    role: "guest",
  });
  expect((await api.call(path, { as: admin, body: { confirm: "" } })).status).toBe(404);
});

test("nor does the log say what somebody was called, or where they were invited", async () => {
  const { userId } = api.db.people.zawadi;
  const path = `/api/people/${userId}`;
  for (const body of [
    { name: "Nyange Mmoja", email: "nyange.kale@home.example" },
    { name: "Nyange Mbili", email: "nyange@home.example" },
  ]) {
    expect((await api.call(`PATCH ${path}`, { as: admin, body })).status).toBe(200);
  }
  await api.db.database.inSchool(api.db.schoolId, (tx) =>
    recordAudit(tx, {
      actor: { participantId: admin.id, name: admin.name },
      action: "user.invited",
      details: { email: "nyange.kale@home.example", role: "student" },
    }),
  );
  await api.call(`PATCH ${path}`, { as: admin, body: { role: "teacher" } });
  const confirm = "Nyange Mbili";
  expect((await api.call(`POST ${path}/erase`, { as: admin, body: { confirm } })).status).toBe(204);
  expect(await scanDatabase(api.db, "Nyange")).toEqual([]);
  expect(await scanDatabase(api.db, "nyange")).toEqual([]);
  const { body } = await api.call(`GET /api/audit?subject=${userId}&action=user.roleChanged`, {
    as: admin,
  });
  expect(body.events).toMatchObject([{ details: { from: "student", to: "teacher" } }]);
});

test("of a guest who waited the log keeps no name", async () => {
  const name = "Mgeni Tausi";
  await execute(sql.fragment`update schools set guest_policy = 'waiting_room'`);
  const { id, code } = await api.planClass();
  const guest = await api.joinAsGuest(code, name);
  await api.call(`POST /api/live-classes/${id}/admit`, {
    as: teacher,
    body: { participantIds: "all" },
  });
  const path = `POST /api/live-classes/${id}/participants/${guest.id}/erase`;
  expect((await api.call(path, { as: admin, body: { confirm: name } })).status).toBe(204);
  expect(await scanDatabase(api.db, "Tausi")).toEqual([]);
});

test("who wrote more than one transaction takes is erased all the same", async () => {
  const rehema = await api.signIn("rehema");
  const bodies = Array.from({ length: 2_500 }, (_, index) => `line ${index}`);
  await say(api.db.rooms.homework.roomId, rehema, bodies);
  const files = filesOf(await api.call(`GET /api/people/${rehema.id}/export`, { as: admin }));
  expect(read(files, "messages.json")).toHaveLength(2_500);
  const body = { confirm: "Rehema Ally" };
  expect((await api.call(`POST /api/people/${rehema.id}/erase`, { as: admin, body })).status).toBe(
    204,
  );
  expect(await scanDatabase(api.db, "line 1")).toEqual([]);
});

async function pendingErasures(): Promise<number> {
  const pending = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.unsafe`select from pending_erasures`),
  );
  return pending.length;
}

/** As a gateway does: it knows how to make the new log, and here that is an empty one. */
async function eraseDrawings(participantId: string): Promise<void> {
  const { schoolId } = api.db;
  const { boardId } = api.db.rooms.biology;
  const rows = await asSuperuser<{ id: string }>(
    api.db,
    "select update_id as id from board_updates where board_id = $1",
    [boardId],
  );
  const isDone = await writer.replaceBoardUpdates({
    schoolId,
    boardId,
    participantId,
    clientIds: [42],
    updateIds: rows.map(({ id }) => Number(id)),
    body: Uint8Array.of(0, 0),
  });
  expect(isDone).toBe(true);
}

type Files = Readonly<Record<string, string>>;

function filesOf(answer: Answer): Files {
  expect(answer.status, answer.text).toBe(200);
  const decoder = new TextDecoder();
  return Object.fromEntries(
    Object.entries(unzipSync(answer.bytes)).map(([name, bytes]) => [name, decoder.decode(bytes)]),
  );
}

function read(files: Files, name: string): Record<string, unknown>[] {
  return JSON.parse(files[name] ?? "") as Record<string, unknown>[];
}

/** Messages come room by room, in the order of the rooms' ids. */
function byRoom() {
  const { mathematics, homework } = api.db.rooms;
  const isCircleFirst = homework.roomId < mathematics.roomId;
  return (a: { readonly body: string }, b: { readonly body: string }) => {
    const rank = (body: string) => (body.includes("circle") === isCircleFirst ? 0 : 1);
    return rank(a.body) - rank(b.body);
  };
}

async function execute(statement: ReturnType<typeof sql.fragment>): Promise<void> {
  await api.db.database.inSchool(api.db.schoolId, (tx) => tx.query(nothing`${statement}`));
}

function setRole(person: "daudi", role: string): Promise<void> {
  const { userId } = api.db.people[person];
  return execute(sql.fragment`update users set role = ${role} where user_id = ${userId}`);
}

async function sawPupil(participantId: string): Promise<void> {
  const [live] = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(
      sql.unsafe`select live_class_id as id from live_class_participants where participant_id = ${participantId}`,
    ),
  );
  const { id } = live as { id: string };
  const atMs = Date.now();
  const event = { schoolId: api.db.schoolId, liveClassId: id, participantId, sessionId: id };
  await writer.recordAttendance([
    { ...event, kind: "joined", atMs: atMs - 120_000 },
    { ...event, kind: "left", atMs: atMs - 60_000 },
  ]);
  await execute(sql.fragment`
    update live_classes set started_at = now() - interval '1 hour' where live_class_id = ${id}`);
  api.advance(2 * 60_000);
}

async function say(roomId: string, { id, name }: Person, bodies: readonly string[]): Promise<void> {
  for (let first = 0; first < bodies.length; first += 500) {
    await writer.appendChatMessages(
      bodies.slice(first, first + 500).map((body, index) => ({
        schoolId: api.db.schoolId,
        roomId,
        liveClassId: null,
        senderId: id,
        senderName: name,
        senderRole: "student" as const,
        clientId: `${body}-${first + index}`,
        body,
      })),
    );
  }
}
