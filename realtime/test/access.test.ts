import { once } from "node:events";
import { notifyControl, sql } from "@darasa/database";
import { asSuperuser, startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { closeReasons, type BoardId } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createBoardServer } from "../src/board/boardServer.ts";
import { BoardClient, boardUrl, createBoard, type BoardSchool } from "./support/boardClient.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
let way: StallingProxy;
let board: BoardId;
beforeEach(() => start(60_000));
afterEach(end);

/** A school whose gateway looks so often whether sign-ins are over. */
async function start(signInBeatMs: number): Promise<void> {
  school = await startLocalSchool({
    timings: { signInBeatMs },
    createBoardServer: (deps) => createBoardServer(deps, { signInBeatMs }),
    async settings({ appUrl }) {
      way = await startStallingProxy(appUrl);
      return { databaseUrl: way.url };
    },
  });
  board = await createBoard(school, school.room);
}

async function end(): Promise<void> {
  await school.stop();
  await way.close();
}

const fresh = closeReasons.unauthenticated.code;

function boards(): BoardSchool {
  return { ...school, liveClassId: school.liveClass };
}

async function openBoard(person: TestPerson): Promise<BoardClient> {
  return new BoardClient(await boardUrl(boards(), { board, person })).sync();
}

const change = (statement: string, ...values: unknown[]) =>
  asSuperuser(school.database, statement, values);

/** What the API tells when sign-ins end, or when with `signInIds: null` all must come anew. */
function tellOf(person: TestPerson, signInIds: string[] | null, atMs = Date.now()): Promise<void> {
  const { schoolId, participantId } = person;
  return school.database.database.inSchool(schoolId, (tx) =>
    notifyControl(tx, { kind: "accessChanged", schoolId, participantId, signInIds, atMs }),
  );
}

/** A second sign-in of the same person, on another device. */
async function onAnotherDevice(person: TestPerson): Promise<TestPerson> {
  const [row] = await asSuperuser<{ id: string }>(
    school.database,
    `insert into sign_ins (school_id, user_id, expires_at) values ($1, $2, now() + interval '1 hour')
     returning sign_in_id as id`,
    [person.schoolId, person.participantId],
  );
  return { ...person, signInId: row?.id ?? "" };
}

async function closeCodeOfHello(ticket: string): Promise<number> {
  const client = new TestClient(school.gateway.port);
  await once(client.socket, "open");
  client.sendRaw(JSON.stringify({ type: "hello", ticket }));
  return client.closed();
}

describe("[T6] when access changes", () => {
  test("the connections of the sign-in that ended close at once, and those of others stay", async () => {
    const [student] = school.students;
    const phone = await onAnotherDevice(student);
    const [there, here] = [await school.enter(student), await school.enter(phone)];
    const drawing = await openBoard(student);
    const stillDrawing = await openBoard(phone);
    await tellOf(student, [student.participantId]);
    expect(await there.closed()).toBe(fresh);
    expect(await drawing.closed()).toBe(fresh);
    await here.acked({ type: "sendMessage", room: school.room, body: "still here" });
    await stillDrawing.sync();
  });

  test("without sign-ins all connections of the person close", async () => {
    const [student, other] = school.students;
    const phone = await onAnotherDevice(student);
    const clients = [await school.enter(student), await school.enter(phone)];
    const drawing = await openBoard(phone);
    const bystander = await school.enter(other);
    await tellOf(student, null);
    for (const client of [...clients, drawing]) expect(await client.closed()).toBe(fresh);
    await bystander.acked({ type: "raiseHand", room: school.room });
  });

  test("tickets from before are worthless at both doors, and later ones are not", async () => {
    const [student] = school.students;
    const atMs = Date.now();
    const sign = (issuedAtMs: number) =>
      signGatewayTicket(school.ticketKey, { ...student, issuedAtMs });
    const url = await boardUrl(boards(), { board, person: student });
    await school.enter(student);
    await tellOf(student, null, Date.now() + 5);
    const probe = await school.connect(school.teacher);
    await expect.poll(async () => closeCodeOfHello(await sign(atMs))).toBe(fresh);
    expect(await new BoardClient(url).closed()).toBe(fresh);
    const later = await TestClient.hello(school.gateway.port, await sign(Date.now() + 1_000));
    await later.acked({ type: "joinRoom", room: school.room, liveClass: school.liveClass });
    probe.close();
  });

  test("nobody slips in beside the end of their sign-in", async () => {
    const [student] = school.students;
    const comings = Array.from({ length: 8 }, async () => {
      const client = await school.connect(student);
      const { room, liveClass } = school;
      client.sendRaw(JSON.stringify({ type: "joinRoom", id: "1", room, liveClass }));
      return client.closed();
    });
    const openings = Array.from({ length: 8 }, async () => {
      const client = new BoardClient(await boardUrl(boards(), { board, person: student }));
      return client.closed();
    });
    await change(
      "update sign_ins set revoked_at = now() where sign_in_id = $1",
      student.participantId,
    );
    await tellOf(student, [student.participantId]);
    const codes = await Promise.all(
      [...comings, ...openings].map((each) => each.catch(() => fresh)),
    );
    expect(new Set(codes)).toEqual(new Set([fresh]));
  });

  test("a join by a sign-in that ended unheard is refused, and its connection closed", async () => {
    const [student] = school.students;
    const client = await school.connect(student);
    await change("delete from sign_ins where sign_in_id = $1", student.participantId);
    const { room, liveClass } = school;
    client.sendRaw(JSON.stringify({ type: "joinRoom", id: "1", room, liveClass }));
    expect(await client.closed()).toBe(fresh);
    const url = await boardUrl(boards(), { board, person: student });
    expect(await new BoardClient(url).closed()).toBe(fresh);
  });
});

describe("[T6] what nobody said", () => {
  test("is found after a lost connection to the database: a revoked sign-in, with its board", async () => {
    const [student, other] = school.students;
    const client = await school.enter(student);
    const drawing = await openBoard(student);
    const bystander = await school.enter(other);
    await change(
      "update sign_ins set revoked_at = now() where sign_in_id = $1",
      student.participantId,
    );
    way.cut();
    expect(await client.closed()).toBe(fresh);
    expect(await drawing.closed()).toBe(fresh);
    await bystander.acked({ type: "raiseHand", room: school.room });
  });

  test.each([
    ["a closed account", "update users set deactivated_at = now() where user_id = $1"],
    ["another name", "update users set name = 'Somebody Else' where user_id = $1"],
    ["a membership that was taken", "delete from room_members where user_id = $1"],
    [
      "a school that was suspended",
      "update schools set suspended_at = now() where $1::uuid is not null",
    ],
  ])("is found there: %s", async (_, statement) => {
    const [student] = school.students;
    const client = await school.enter(student);
    await change(statement, student.participantId);
    way.cut();
    expect(await client.closed()).toBe(fresh);
  });

  test("is found there: a teacher who is none any more", async () => {
    const client = await school.enter(school.teacher);
    await change(
      "update users set role = 'student' where user_id = $1",
      school.teacher.participantId,
    );
    way.cut();
    expect(await client.closed()).toBe(fresh);
  });

  test("a sign-in that is over by its time ends what it opened, be it in a room or not", async () => {
    await end();
    await start(50);
    const [student] = school.students;
    const idle = await school.connect(student);
    const joined = await school.enter(student);
    const drawing = await boardUrl(boards(), { board, person: await shortly(student) });
    expect(await new BoardClient(drawing).closed()).toBe(fresh);
    const short = await school.connect(await shortly(student));
    expect(await short.closed()).toBe(fresh);
    expect([idle.closeCode, joined.closeCode]).toEqual([null, null]);
  });

  /** Signed in for two seconds more. */
  async function shortly(person: TestPerson): Promise<TestPerson> {
    const soon = await onAnotherDevice(person);
    await change(
      "update sign_ins set expires_at = now() + interval '2 seconds' where sign_in_id = $1",
      soon.signInId,
    );
    return soon;
  }
});

describe("[T6] who has lost their right", () => {
  test("changes nothing any more as a teacher, though the gateway has not heard", async () => {
    const teacher = await school.enter(school.teacher);
    await change(
      "update users set role = 'student' where user_id = $1",
      school.teacher.participantId,
    );
    const { room } = school;
    const participant = school.students[0].participantId;
    for (const command of [
      { type: "setPermissions", room, chatLocked: true },
      { type: "allowDrawing", room, participant, allowed: true },
      { type: "removeParticipant", room, participant },
    ] as const) {
      expect(await teacher.refused(command), command.type).toBe("forbidden");
    }
    const [row] = await change(
      "select chat_locked as locked from live_classes where live_class_id = $1",
      school.liveClass,
    );
    expect(row).toEqual({ locked: false });
  });

  test("[B8] leaves nothing on a board that is stored afterwards, nor in memory", async () => {
    const [student] = school.students;
    await change("update live_classes set drawing = 'everyone'");
    const gateway = await school.enter(school.teacher);
    const teacher = await openBoard(school.teacher);
    const client = await openBoard(student);
    teacher.records.set("shape:before", { id: "shape:before" });
    await client.until(() => client.records.has("shape:before"));
    await gateway.next("boardStored");
    await school.database.database.inSchool(school.teacher.schoolId, async (tx) => {
      await tx.query(sql.typeAlias("nothing")`
        update users set deactivated_at = now() where user_id = ${student.participantId}`);
      client.records.set("shape:late", { id: "shape:late" });
      await teacher.until(() => teacher.records.has("shape:late"));
    });
    await gateway.next("boardRefused");
    expect(await teacher.closed()).toBe(closeReasons.unavailable.code);
    const again = await openBoard(school.teacher);
    expect(again.records.has("shape:before")).toBe(true);
    expect(again.records.has("shape:late")).toBe(false);
  });
});
