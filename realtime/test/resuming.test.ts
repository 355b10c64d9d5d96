import { once } from "node:events";
import { notifyControl } from "@darasa/database";
import { asSuperuser, startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import { closeReasons, type ResumeTicket } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";
import { startTestSchool, type TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
let app: StallingProxy;
beforeAll(async () => {
  school = await startLocalSchool({
    timings: { resumeBeatMs: 20, resumeRenewMs: 400 },
    async settings(database) {
      app = await startStallingProxy(database.appUrl);
      return { databaseUrl: app.url };
    },
  });
});
afterAll(async () => {
  await school.stop();
  await app.close();
});

function resumeOf(client: TestClient): ResumeTicket {
  const [welcome] = client.all("welcome");
  if (welcome === undefined) throw new Error("nobody said welcome");
  return welcome.resume;
}

/** What becomes of a hello with that ticket: the welcome's name, or the close code. */
async function comeBack(ticket: string, port = school.gateway.port): Promise<string | number> {
  const client = new TestClient(port);
  await once(client.socket, "open");
  client.sendRaw(JSON.stringify({ type: "hello", ticket }));
  const outcome = await client.until(() => client.all("welcome")[0]?.name).catch(() => null);
  client.close();
  return outcome ?? client.closeCode ?? 0;
}

const refused = closeReasons.unauthenticated.code;

/** Somebody is here, and then is not. */
async function leaveWithTicket(person: TestPerson): Promise<string> {
  const client = await school.connect(person);
  const { ticket } = resumeOf(client);
  client.close();
  await client.closed();
  return ticket;
}

/** Changes rows as the API does, without a word to anybody. */
function change(text: string, ...values: unknown[]): Promise<unknown> {
  return asSuperuser(school.database, text, values);
}

test("[T7] the welcome brings a ticket that opens the next connection, once, as the same person", async () => {
  const client = await school.connect(school.teacher);
  const resume = resumeOf(client);
  expect(resume.expiresInSeconds).toBe(15 * 60);
  expect(await comeBack(resume.ticket)).toBe(school.teacher.name);
  expect(await comeBack(resume.ticket)).toBe(refused);
  client.close();
});

test("[T7] who came by one may do what they could before, and gets the next", async () => {
  const ticket = await leaveWithTicket(school.guest);
  const client = await TestClient.hello(school.gateway.port, ticket);
  const { room, liveClass } = school;
  const { role } = await client.acked({ type: "joinRoom", room, liveClass });
  expect(role).toBe("guest");
  expect(await comeBack(resumeOf(client).ticket)).toBe(school.guest.name);
  client.close();
});

test("[T7] a newer one comes before the last is worthless, and the last is still taken", async () => {
  const client = await school.connect(school.teacher);
  const newer = await client.next("resumeTicket");
  expect(newer.ticket).not.toBe(resumeOf(client).ticket);
  await client.until(() => client.all("resumeTicket")[1]);
  expect(await comeBack(newer.ticket)).toBe(school.teacher.name);
  expect(await comeBack(resumeOf(client).ticket)).toBe(school.teacher.name);
  client.close();
});

test("[T7] of many who bring the same one at once, one gets in", async () => {
  const ticket = await leaveWithTicket(school.teacher);
  const outcomes = await Promise.all(Array.from({ length: 10 }, () => comeBack(ticket)));
  expect(outcomes.filter((one) => one === school.teacher.name)).toHaveLength(1);
  expect(outcomes.filter((one) => one === refused)).toHaveLength(9);
});

const [first, second, third] = [0, 1, 2] as const;

test.each<[string, (who: TestPerson) => Promise<unknown>, (who: TestPerson) => Promise<unknown>]>([
  [
    "the sign-in has ended",
    ({ participantId }) =>
      change("update sign_ins set revoked_at = now() where sign_in_id = $1", participantId),
    ({ participantId }) =>
      change("update sign_ins set revoked_at = null where sign_in_id = $1", participantId),
  ],
  [
    "the account is closed",
    ({ participantId }) =>
      change("update users set deactivated_at = now() where user_id = $1", participantId),
    ({ participantId }) =>
      change("update users set deactivated_at = null where user_id = $1", participantId),
  ],
  [
    "the school is suspended",
    ({ schoolId }) =>
      change("update schools set suspended_at = now() where school_id = $1", schoolId),
    ({ schoolId }) =>
      change("update schools set suspended_at = null where school_id = $1", schoolId),
  ],
  [
    "the name is another",
    ({ participantId }) =>
      change("update users set name = 'Another' where user_id = $1", participantId),
    ({ participantId, name }) =>
      change("update users set name = $2 where user_id = $1", participantId, name),
  ],
])(
  "[T7] it is worth nothing when, unheard, %s; and is not spent by that",
  async (_why, does, undoes) => {
    const person = school.students[first];
    const ticket = await leaveWithTicket(person);
    await does(person);
    expect(await comeBack(ticket)).toBe(refused);
    await undoes(person);
    expect(await comeBack(ticket)).toBe(person.name);
  },
);

test("[T7] a guest who was removed does not come back by it", async () => {
  const ticket = await leaveWithTicket(school.guest);
  const { participantId } = school.guest;
  const set = "update live_class_participants set removed_at =";
  await change(`${set} now() where participant_id = $1`, participantId);
  expect(await comeBack(ticket)).toBe(refused);
  await change(`${set} null where participant_id = $1`, participantId);
  expect(await comeBack(ticket)).toBe(school.guest.name);
});

test("[T6] from the word on that access has changed it is worth nothing, though the database would take it", async () => {
  const person = school.students[second];
  const client = await school.connect(person);
  const { ticket } = resumeOf(client);
  const { schoolId, participantId } = person;
  const atMs = Date.now();
  const said = { kind: "accessChanged", schoolId, participantId, signInIds: null, atMs } as const;
  await school.database.database.inSchool(schoolId, (tx) => notifyControl(tx, said));
  expect(await client.closed()).toBe(refused);
  expect(await comeBack(ticket)).toBe(refused);
  expect(await leaveWithTicket(person).then(comeBack)).toBe(person.name);
});

test("[T1, E4] one of another school opens no room here, and a forged one nothing", async () => {
  const ticket = await leaveWithTicket(school.stranger);
  const stranger = await TestClient.hello(school.gateway.port, ticket);
  const join = { type: "joinRoom", room: school.room, liveClass: null } as const;
  expect(await stranger.refused(join)).toBe("not_found");
  stranger.close();
  const claims = { aud: "resume", school: school.teacher.schoolId };
  // Signed by the right key, for a person of one school and the name of another.
  const crossed = await signGatewayTicket(school.ticketKey, { ...school.stranger, claims });
  expect(await comeBack(crossed)).toBe(refused);
  const forged = await signGatewayTicket(new Uint8Array(32), { ...school.teacher, claims });
  expect(await comeBack(forged)).toBe(refused);
});

test("[T7] as a board ticket it is worth nothing, and is not spent there", async () => {
  const ticket = await leaveWithTicket(school.teacher);
  const boards = await startTestSchool();
  try {
    const { port, ticketKey } = boards.gateway;
    const mine = resumeOf(await boards.connect(boards.teacher)).ticket;
    const board = boards.database.rooms.mathematics.boardId;
    const socket = new WebSocket(`ws://127.0.0.1:${port}/yjs/${board}?ticket=${mine}`);
    const [code] = (await once(socket, "close")) as [number];
    expect(code).toBe(refused);

    // A node that starts later takes it too, where a ticket of the API is refused (T3).
    const issuedAtMs = Date.now();
    const fromApi = await signGatewayTicket(ticketKey, { ...boards.teacher, issuedAtMs });
    await boards.gateway.end("SIGKILL");
    await boards.restart();
    expect(await comeBack(fromApi, boards.gateway.port)).toBe(refused);
    expect(await comeBack(mine, boards.gateway.port)).toBe(boards.teacher.name);
    expect(await comeBack(mine, boards.gateway.port)).toBe(refused);
    // Another installation's key.
    expect(await comeBack(ticket, boards.gateway.port)).toBe(refused);
  } finally {
    await boards.stop();
  }
});

test("[T7] while the database is away the close is 4503, and the ticket is good afterwards", async () => {
  const person = school.students[third];
  const ticket = await leaveWithTicket(person);
  app.freeze();
  expect(await comeBack(ticket)).toBe(closeReasons.unavailable.code);
  app.thaw();
  app.cut();
  let outcome: string | number = closeReasons.unavailable.code;
  while (outcome === closeReasons.unavailable.code) outcome = await comeBack(ticket);
  expect(outcome).toBe(person.name);
});
