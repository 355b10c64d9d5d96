import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { asSuperuser, startTestClass } from "@darasa/database/testing";
import {
  closeReasons,
  type BoardId,
  type Command,
  type CommandType,
  type ErrorCode,
  type LiveClassId,
  type ParticipantId,
  type SessionId,
} from "@darasa/protocol";
import { commandTypes } from "@darasa/protocol/decode";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createBoardServer } from "../src/board/boardServer.ts";
import { BoardClient, boardUrl } from "./support/boardClient.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { signEverybodyIn } from "./support/signEverybodyIn.ts";
import { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

/** Everybody who may send something, by what they are to the class in the mathematics room. */
const actors = [
  "guest",
  "guestElsewhere",
  "waitingGuest",
  "studentIn",
  "studentOut",
  "removedMember",
  "teacher",
  "admin",
  "otherSchoolsAdmin",
  "safeguarding",
] as const;
type Actor = (typeof actors)[number];

type Outcome = "ok" | ErrorCode;
type Row = Readonly<Record<Actor, Outcome>>;

/** What nobody gets who is not in the room: it does not exist for them. */
const unknownOutside: Record<
  | "guestElsewhere"
  | "waitingGuest"
  | "studentOut"
  | "removedMember"
  | "otherSchoolsAdmin"
  | "safeguarding",
  Outcome
> = {
  guestElsewhere: "not_found",
  waitingGuest: "not_found",
  studentOut: "not_found",
  removedMember: "not_found",
  otherSchoolsAdmin: "not_found",
  safeguarding: "not_found",
};
const everybodyInside: Row = {
  guest: "ok",
  studentIn: "ok",
  teacher: "ok",
  admin: "ok",
  ...unknownOutside,
};
const teachersOnly: Row = { ...everybodyInside, guest: "forbidden", studentIn: "forbidden" };
/** An admin only looks at the room: the mesh is of those in its class. */
const ofTheClass: Row = { ...everybodyInside, admin: "conflict" };

/** Each command, as it is sent here, and what each actor gets for it. */
const table: Record<CommandType, Row> = {
  joinRoom: { ...everybodyInside, removedMember: "removed" },
  sendMessage: everybodyInside,
  raiseHand: everybodyInside,
  lowerHand: teachersOnly,
  setPermissions: teachersOnly,
  allowDrawing: teachersOnly,
  muteParticipant: teachersOnly,
  setStage: teachersOnly,
  allowSources: teachersOnly,
  askToUnmute: teachersOnly,
  removeParticipant: teachersOnly,
  joinMesh: ofTheClass,
  setMedia: everybodyInside,
  sendSignal: { ...everybodyInside, admin: "not_found" },
  leaveMesh: everybodyInside,
  getBoardTicket: everybodyInside,
  setPresence: everybodyInside,
  getParticipants: everybodyInside,
  setTyping: everybodyInside,
  react: everybodyInside,
  reportConnection: everybodyInside,
  point: { ...everybodyInside, guest: "drawing_locked", studentIn: "drawing_locked" },
  leaveRoom: everybodyInside,
};

let school: LocalSchool;
let people: Readonly<Record<Actor, TestPerson>>;
/** A student of the class who hears what is told to all, and a teacher who has the last word. */
let bystander: TestClient;
let lastWord: TestClient;
let memberOfMesh: SessionId;
let bystanderId: ParticipantId;

beforeAll(async () => {
  school = await startLocalSchool({
    timings: { presenceIntervalMs: 1 },
    createBoardServer,
  });
  people = await findPeople();
  const [, , , watching = school.students[0]] = school.students;
  bystander = await school.enter(watching);
  bystanderId = watching.participantId;
  lastWord = await school.enter(await coTeacher());
  await lastWord.acked({ type: "joinMesh", room: school.room });
  memberOfMesh = lastWord.all("welcome")[0]?.sessionId as SessionId;
});
afterAll(() => school.stop());

const change = (statement: string, ...values: unknown[]) =>
  asSuperuser(school.database, statement, values);

async function findPeople(): Promise<Record<Actor, TestPerson>> {
  const { database, teacher, students, guest } = school;
  const { people: all, schoolId, rooms, neighbour } = database;
  const [inside, outside, removed] = students;
  const person = (who: { userId: string; name: string }): TestPerson => ({
    schoolId,
    participantId: who.userId as ParticipantId,
    name: who.name,
  });
  const biology = await startTestClass(database.database, {
    schoolId,
    roomId: rooms.biology.roomId,
    teacher: all.teacher,
    guests: ["Guest Elsewhere"],
  });
  const waiting = randomUUID();
  await change(
    `insert into live_class_participants (school_id, live_class_id, participant_id, name, role, admitted_at)
     values ($1, $2, $3, 'Guest Waiting', 'guest', null)`,
    schoolId,
    school.liveClass,
    waiting,
  );
  await change(
    "delete from room_members where user_id = $1 and room_id = $2",
    outside.participantId,
    school.room,
  );
  await change(
    "update live_class_participants set removed_at = now() where participant_id = $1",
    removed.participantId,
  );
  await change(
    "update users set role = 'school_admin' where user_id = $1",
    neighbour.people.teacher.userId,
  );
  await signEverybodyIn(database);
  const guestOf = (name: string, participantId = "", liveClass = "") => ({
    schoolId,
    name,
    participantId: participantId as ParticipantId,
    guestOf: liveClass,
  });
  return {
    guest,
    guestElsewhere: guestOf("Guest Elsewhere", biology.guestIds[0], biology.liveClassId),
    waitingGuest: guestOf("Guest Waiting", waiting, school.liveClass),
    studentIn: inside,
    studentOut: outside,
    removedMember: removed,
    teacher,
    admin: person(all.admin),
    otherSchoolsAdmin: school.stranger,
    safeguarding: person(all.safeguarding),
  };
}

/** A second teacher of the room, so that the first one is an actor like the others. */
async function coTeacher(): Promise<TestPerson> {
  const { schoolId } = school.teacher;
  const [row] = await asSuperuser<{ id: string }>(
    school.database,
    `insert into users (school_id, email, name, role) values ($1, 'second@example.org', 'Second Teacher', 'teacher')
     returning user_id as id`,
    [schoolId],
  );
  const participantId = (row?.id ?? "") as ParticipantId;
  await change(
    "insert into room_members (school_id, room_id, user_id, role) values ($1, $2, $3, 'teacher')",
    schoolId,
    school.room,
    participantId,
  );
  await change(
    `insert into live_class_participants (school_id, live_class_id, participant_id, user_id, name, role)
     values ($1, $2, $3, $3, 'Second Teacher', 'teacher')`,
    schoolId,
    school.liveClass,
    participantId,
  );
  await signEverybodyIn(school.database);
  return { schoolId, participantId, name: "Second Teacher" };
}

type Body = Command extends infer Each ? (Each extends Command ? Omit<Each, "id"> : never) : never;

const report = {
  mode: "full",
  quality: "good",
  roundTripMs: 40,
  lossFraction: null,
  isActive: true,
} as const;

/** The command of that type that everybody sends. */
function commandOf(type: CommandType, actor: Actor): Body {
  const { room, liveClass, students } = school;
  const participant = students[5]?.participantId ?? bystanderId;
  const bodies: Record<CommandType, Body> = {
    joinRoom: { type: "joinRoom", room, liveClass: actor === "admin" ? null : liveClass },
    sendMessage: { type: "sendMessage", room, body: `by ${actor}` },
    raiseHand: { type: "raiseHand", room },
    lowerHand: { type: "lowerHand", room, participant: bystanderId },
    setPermissions: { type: "setPermissions", room, drawing: "teachers" },
    allowDrawing: { type: "allowDrawing", room, participant: bystanderId, allowed: true },
    muteParticipant: { type: "muteParticipant", room, participant: bystanderId, track: "camera" },
    reportConnection: { type: "reportConnection", room, ...report },
    setStage: { type: "setStage", room, spotlight: null },
    allowSources: { type: "allowSources", room, participant: bystanderId, sources: null },
    askToUnmute: { type: "askToUnmute", room, participant: bystanderId, track: "camera" },
    removeParticipant: { type: "removeParticipant", room, participant },
    joinMesh: { type: "joinMesh", room },
    setMedia: { type: "setMedia", room, microphone: true, camera: false, screen: false },
    sendSignal: { type: "sendSignal", room, to: memberOfMesh, signal: { candidate: null } },
    leaveMesh: { type: "leaveMesh", room },
    getBoardTicket: {
      type: "getBoardTicket",
      room,
      board: school.database.rooms.mathematics.boardId as BoardId,
    },
    setPresence: { type: "setPresence", room, context: "board", idle: false },
    getParticipants: { type: "getParticipants", room, after: null },
    setTyping: { type: "setTyping", room, typing: true },
    react: { type: "react", room, reaction: "clap" },
    point: { type: "point", room, at: { target: "board", x: 0.5, y: 0.5 } },
    leaveRoom: { type: "leaveRoom", room },
  };
  return bodies[type];
}

async function send(client: TestClient, body: Body): Promise<Outcome> {
  const answer = await client.ask(body);
  return answer.ok ? "ok" : answer.error.code;
}

/** Everything that a command could have changed for good. */
async function state(): Promise<unknown> {
  const queries = [
    "select school_id, room_id, last_seq from rooms order by 1, 2",
    "select * from live_classes order by live_class_id",
    "select * from live_class_participants order by participant_id",
    "select school_id, room_id, seq, sender_id, body from chat_messages order by 1, 2, 3",
  ];
  return Promise.all(queries.map((query) => change(query)));
}

/** Resolves with what the bystander was told up to now, apart from heads. */
async function heard(from: number): Promise<unknown[]> {
  const body = randomUUID();
  await lastWord.acked({ type: "sendMessage", room: school.room, body });
  await bystander.next("chatMessage", (message) => message.body === body);
  return bystander.messages
    .slice(from)
    .filter((message) => message.type !== "head")
    .filter((message) => message.type !== "chatMessage" || message.body !== body);
}

test("the matrix has a row for every command that can be read", () => {
  expect(Object.keys(table).sort()).toEqual([...commandTypes].sort());
});

describe("[D3][D4][E4] what every command comes to, for", () => {
  test("somebody who has not said hello", async () => {
    for (const type of commandTypes) {
      const client = new TestClient(school.gateway.port);
      await once(client.socket, "open");
      client.sendRaw(JSON.stringify({ ...commandOf(type, "teacher"), id: "1" }));
      expect(await client.closed(), type).toBe(closeReasons.unauthenticated.code);
      expect(client.messages, type).toEqual([]);
    }
  });

  test.each(actors)("%s", async (actor) => {
    const client = await school.connect(people[actor]);
    const join = table.joinRoom[actor];
    const others = commandTypes.filter((type) => type !== "joinRoom");
    const before = await state();
    const from = bystander.messages.length;
    if (join !== "ok") expect(await send(client, commandOf("joinRoom", actor))).toBe(join);
    // Before a join nothing is there; after it, what is not allowed comes first.
    for (const type of others) {
      expect(await send(client, commandOf(type, actor)), `${type} from outside`).toBe("not_found");
    }
    expect(await state()).toEqual(before);
    expect(await heard(from)).toEqual([]);
    if (join !== "ok") {
      for (const type of others) expect(table[type][actor], type).toBe("not_found");
      client.close();
      return;
    }
    expect(await send(client, commandOf("joinRoom", actor))).toBe("ok");
    await expectRefusals(client, actor);
    // In the order of the table: the mesh before its signals, and the leave last.
    for (const type of Object.keys(table) as CommandType[]) {
      if (type === "joinRoom" || table[type][actor] !== "ok") continue;
      expect(await send(client, commandOf(type, actor)), type).toBe("ok");
    }
    client.close();
  });

  async function expectRefusals(client: TestClient, actor: Actor): Promise<void> {
    const { participantId } = people[actor];
    await bystander.next("presence", ({ present }) =>
      present.some((one) => one.participantId === participantId),
    );
    const before = await state();
    const from = bystander.messages.length;
    for (const type of commandTypes) {
      const expected = table[type][actor];
      if (expected === "ok") continue;
      expect(await send(client, commandOf(type, actor)), type).toBe(expected);
    }
    client.sendRaw(JSON.stringify({ type: "hello", ticket: "again", id: "again" }));
    const refused = await client.next("error", ({ id }) => id === "again");
    expect(refused.code).toBe("bad_frame");
    expect(await state()).toEqual(before);
    expect(await heard(from)).toEqual([]);
  }
});

test.each(actors)("[B1] the door of a board, for %s", async (actor) => {
  const board = school.database.rooms.mathematics.boardId;
  const liveClass = actor === "admin" ? null : school.liveClass;
  const person = people[actor];
  const url = await boardUrl(
    { ...school, liveClassId: school.liveClass },
    { board, person, visit: { liveClass } },
  );
  const client = new BoardClient(url);
  if (table.joinRoom[actor] === "ok") {
    await client.sync();
    client.close();
  } else {
    expect(await client.closed()).toBe(closeReasons.forbidden.code);
  }
});

test("[D3] who somebody is, and when and where they speak, is not theirs to say", async () => {
  const client = await school.enter(people.studentIn);
  const forged = {
    ...commandOf("sendMessage", "studentIn"),
    body: "forged",
    senderId: people.teacher.participantId,
    senderName: people.teacher.name,
    role: "teacher",
    seq: 1,
    sentAtMs: 1,
    liveClass: randomUUID() as LiveClassId,
  };
  expect(await send(client, forged as Body)).toBe("ok");
  const told = await bystander.next("chatMessage", ({ body }) => body === "forged");
  expect(told).toMatchObject({
    senderId: people.studentIn.participantId,
    senderName: people.studentIn.name,
  });
  expect(told.seq).toBeGreaterThan(1);
  expect(told.sentAtMs).toBeGreaterThan(1);
});
