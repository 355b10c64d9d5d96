import { createWriter, type Writer } from "@darasa/database";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestApi, type Person, type TestApi } from "./testApi.ts";

let api: TestApi;
let writer: Writer;
let student: Person;
let roomId: string;

beforeAll(async () => {
  api = await createTestApi();
  writer = createWriter(api.db.writerUrl);
  student = await api.signIn("baraka");
  ({ roomId } = api.db.rooms.mathematics);
  await write(1, 12, null);
});
afterAll(async () => {
  await writer.close();
  await api.close();
});

test("without a word the newest come, oldest first", async () => {
  const { body } = await page("?limit=5");
  expect(seqs(body)).toEqual([8, 9, 10, 11, 12]);
  expect(body.more).toBe(true);
  expect(body.messages[0]).toEqual({
    seq: 8,
    messageId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    clientId: "line-8",
    senderId: student.id,
    senderName: "Baraka Mushi",
    body: "<b>8</b>",
    sentAtMs: expect.any(Number) as number,
  });
});

test.each([
  ["", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], false],
  ["?before=8&limit=3", [5, 6, 7], true],
  ["?before=4&limit=3", [1, 2, 3], false],
  ["?before=1", [], false],
  ["?after=3&limit=4", [4, 5, 6, 7], true],
  ["?after=8&limit=4", [9, 10, 11, 12], false],
  ["?after=12", [], false],
  ["?after=0&limit=1", [1], true],
])("%j gives %j", async (query, expected, more) => {
  const { body } = await page(query);
  expect([seqs(body), body.more]).toEqual([expected, more]);
});

test.each([
  "?limit=0",
  "?limit=201",
  "?limit=x",
  "?before=-1",
  "?after=1.5",
  "?before=3&after=1",
  "?before=",
])("%j is refused", async (query) => {
  const answer = await page(query);
  expect([answer.status, answer.body.code]).toEqual([422, "bad_request"]);
});

describe("a guest", () => {
  test("reads from the first message of the class on, and pages no further back", async () => {
    const { id, code } = await api.startClass();
    const guest = await api.joinAsGuest(code);
    expect((await page("", guest)).body).toEqual({ messages: [], more: false });
    await write(13, 15, id);
    expect(seqs((await page("", guest)).body)).toEqual([13, 14, 15]);
    const back = await page("?before=15&limit=10", guest);
    expect([seqs(back.body), back.body.more]).toEqual([[13, 14], false]);
    expect(seqs((await page("?after=0&limit=2", guest)).body)).toEqual([13, 14]);
  });

  test("waits for the start before there is anything to read", async () => {
    const { code } = await api.planClass();
    const answer = await page("", await api.joinAsGuest(code));
    expect([answer.status, answer.body.code]).toEqual([409, "class_not_started"]);
  });
});

function page(query: string, as = student) {
  return api.call(`GET /api/rooms/${roomId}/messages${query}`, { as });
}

function seqs(body: { readonly messages: readonly { readonly seq: number }[] }): number[] {
  return body.messages.map((message) => message.seq);
}

/** As the gateway writes: lines whose text is their number. */
async function write(from: number, to: number, liveClassId: string | null): Promise<void> {
  for (let line = from; line <= to; line += 1) {
    await writer.appendChatMessages([
      {
        schoolId: api.db.schoolId,
        roomId,
        liveClassId,
        senderId: student.id,
        senderName: student.name,
        senderRole: "student",
        clientId: `line-${line}`,
        body: `<b>${line}</b>`,
      },
    ]);
  }
}
