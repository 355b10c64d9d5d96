import { createWriter, sql, type Writer } from "@darasa/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let writer: Writer;
let officer: Person;
let admin: Person;
/** What the teacher and Baraka say to each other. */
let directId: string;

beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  officer = await api.signIn("safeguarding");
  admin = await api.signIn("admin");
  const teacher = await api.signIn("teacher");
  const body = { userId: api.db.people.baraka.userId };
  directId = (await api.call("POST /api/direct-rooms", { as: teacher, body })).body.id;
  await say("first", "second", "third");
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

const rooms = async (query: string) => {
  const { body } = await api.call(`GET /api/safeguarding/rooms?query=${query}`, { as: officer });
  return body.rooms as unknown as { name: string; members: string[]; lastSeq: number }[];
};
const read = (reason: string, query = "") =>
  api.call(`GET /api/safeguarding/rooms/${directId}/messages?reason=${reason}${query}`, {
    as: officer,
  });

test("all rooms are found, by name or by who belongs there, private ones too and the liveliest first", async () => {
  expect((await rooms("")).map(({ name }) => name)).toEqual([
    "",
    expect.any(String),
    expect.any(String),
    expect.any(String),
  ]);
  expect((await rooms("BIOLO")).map(({ name }) => name)).toEqual(["Biology, Form 2"]);
  expect((await rooms("baraka"))[0]).toMatchObject({
    name: "",
    members: ["Amina Juma", "Baraka Mushi"],
    lastSeq: 3,
  });
  expect(await rooms("100%25")).toEqual([]);
});

test("messages are shown page by page, for a reason only", async () => {
  expect((await read("")).status).toBe(422);
  expect((await read("ab")).status).toBe(422);
  const { body } = await read("A+parent+called", "&limit=2");
  expect(body.messages.map(({ seq }) => seq)).toEqual([2, 3]);
  expect(body.more).toBe(true);
  const earlier = await read("A+parent+called", "&limit=2&before=2");
  expect(earlier.body.messages.map(({ seq }) => seq)).toEqual([1]);
});

test("the log has every look once for a reason and an hour, before its reader's eyes and the admin's", async () => {
  await read("Another+reason");
  await read("Another+reason");
  const { body } = await api.call("GET /api/audit?action=message.read", { as: admin });
  const looks = (
    body as unknown as { events: { actor: object; subject: object; details: object }[] }
  ).events;
  expect(looks.map(({ details }) => details)).toEqual([
    { reason: "Another reason" },
    { reason: "A parent called" },
  ]);
  expect(looks[0]).toMatchObject({
    actor: { id: officer.id, name: "Pendo Mbwambo" },
    subject: { kind: "room", id: directId },
  });
});

test("what is not there is not found, and leaves no trace", async () => {
  const nowhere = api.db.neighbour.rooms.history.roomId;
  const answer = await api.call(`GET /api/safeguarding/rooms/${nowhere}/messages?reason=curious`, {
    as: officer,
  });
  expect(answer.status).toBe(404);
  const looks = await api.db.database.inSchool(api.db.schoolId, (tx) =>
    tx.any(sql.unsafe`select from audit_events where subject_id = ${nowhere}`),
  );
  expect(looks).toEqual([]);
});

async function say(...bodies: string[]): Promise<void> {
  const { schoolId, people } = api.db;
  await writer.appendChatMessages(
    bodies.map((body) => ({
      schoolId,
      roomId: directId,
      liveClassId: null,
      senderId: people.baraka.userId,
      senderName: people.baraka.name,
      senderRole: "student" as const,
      clientId: body,
      body,
    })),
  );
}
