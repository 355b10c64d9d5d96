import { randomUUID } from "node:crypto";
import { createWriter, sql, type Writer } from "@darasa/database";
import { closeReasons, limits, type RoomId } from "@darasa/protocol";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { createRandom } from "./support/random.ts";
import type { TestClient } from "./support/testClient.ts";
import type { TestPerson } from "./support/testSchool.ts";

let school: LocalSchool;
let elsewhere: Writer;
beforeAll(async () => {
  school = await startLocalSchool({ timings: { headIntervalMs: 40 } });
  elsewhere = createWriter(school.database.writerUrl);
});
afterAll(async () => {
  await elsewhere.close();
  await school.stop();
});

const say = (body: string) => ({ type: "sendMessage", room: school.room, body }) as const;
const join = (since?: number) =>
  ({ type: "joinRoom", room: school.room, liveClass: school.liveClass, since }) as const;

/** Stores messages as another gateway would: nobody here pushes them. */
async function storeElsewhere(count: number, body = "from elsewhere"): Promise<void> {
  const rows = Array.from({ length: count }, () => ({
    schoolId: school.teacher.schoolId,
    roomId: school.room,
    liveClassId: school.liveClass,
    senderId: school.teacher.participantId,
    senderName: school.teacher.name,
    senderRole: "teacher" as const,
    clientId: randomUUID(),
    body,
  }));
  await elsewhere.appendChatMessages(rows);
}

const seqsOf = (client: TestClient) => client.chat().map(({ seq }) => seq);

/** Waits until the client has `last`, and holds that it got every one after `since` once, in order. */
async function expectExactly(client: TestClient, [since, last]: [number, number], hint = "") {
  await client.until(() => (seqsOf(client).includes(last) ? true : undefined));
  const expected = Array.from({ length: last - since }, (_, index) => since + 1 + index);
  expect(seqsOf(client), hint).toEqual(expected);
}

test("[R1][R4] whoever joins whenever gets every message once and in order, from many senders and gateways", async () => {
  const { seed, random } = createRandom();
  const hint = `TEST_SEED=${String(seed)}`;
  const first = await school.enter(school.teacher);
  const { seq: start } = await first.acked(say("start"));
  const senders = await Promise.all(school.students.map((person) => school.enter(person)));
  const joiners: { client: TestClient; since: number }[] = [];
  let joins = 0;
  const work = senders.map(async (sender, index) => {
    for (let count = 0; count < 12; count += 1) {
      await sender.ask(say(`${String(index)}/${String(count)}`));
      if (random() < 0.15) await storeElsewhere(1 + Math.floor(random() * 5));
      if (random() > 0.4 || joins === 30) continue;
      const since = Math.max(0, start - Math.floor(random() * 3));
      const person = school.students[(joins += 1) % school.students.length] as TestPerson;
      joiners.push({ since, client: await school.enter(person, since) });
    }
  });
  await Promise.all(work);
  const { seq: last } = await first.acked(say("end"));
  expect(joiners.length, hint).toBeGreaterThan(5);
  for (const { client, since } of joiners) {
    await expectExactly(client, [since, last], hint);
    client.close();
  }
  await expectExactly(first, [start - 1, last], hint);
  for (const client of [first, ...senders]) client.close();
});

test("[R5][R7] who joins again in the same session gets what follows once, and stays in the mesh", async () => {
  const client = await school.enter(school.students[2]);
  const other = await school.enter(school.guest);
  await client.acked({ type: "joinMesh", room: school.room });
  await other.acked({ type: "joinMesh", room: school.room });
  const { seq } = await other.acked(say("before"));
  await client.next("chatMessage", (event) => event.seq === seq);
  const before = client.messages.length;
  const joins = client.acked(join(seq - 1));
  const sent = Promise.all(["a", "b", "c"].map((body) => other.acked(say(body))));
  await joins;
  const last = (await sent).at(-1)?.seq ?? 0;
  await client.until(() => (seqsOf(client).includes(last) ? true : undefined));
  const again = client.messages.slice(before);
  const ack = again.findIndex((message) => message.type === "ack");
  const after = again.slice(ack).flatMap((message) => {
    if (message.type === "replay") return message.messages.map((each) => each.seq);
    return message.type === "chatMessage" ? [message.seq] : [];
  });
  expect(after).toEqual(Array.from({ length: last - seq + 1 }, (_, index) => seq + index));
  expect(other.all("meshLeft")).toEqual([]);
  const gone = other.all("presence").flatMap((event) => event.gone);
  expect(gone).not.toContain(school.students[2].participantId);
  for (const one of [client, other]) one.close();
});

test("[R5] a join that is refused leaves the session where it was, without a hole", async () => {
  const client = await school.enter(school.students[0]);
  const other = await school.enter(school.teacher);
  const { seq: start } = await other.acked(say("start"));
  await client.next("chatMessage", ({ seq }) => seq === start);
  const unknown = { ...join(0), liveClass: randomUUID() as typeof school.liveClass };
  const refusal = client.refused(unknown);
  const sent = Promise.all(["a", "b", "c"].map((body) => other.acked(say(body))));
  expect(await refusal).toBe("not_found");
  const last = (await sent).at(-1)?.seq ?? 0;
  await client.until(() => (seqsOf(client).includes(last) ? true : undefined));
  const live = seqsOf(client).filter((seq) => seq >= start);
  expect(live).toEqual(Array.from({ length: last - start + 1 }, (_, index) => start + index));
  for (const one of [client, other]) one.close();
});

test("[L2] a session is in so many rooms and no more", async () => {
  const { database, teacher } = school;
  const roomIds = Array.from(
    { length: limits.maxRoomsPerSession + 1 },
    () => randomUUID() as RoomId,
  );
  await database.database.inSchool(teacher.schoolId, async (tx) => {
    for (const roomId of roomIds) {
      await tx.query(sql.typeAlias("nothing")`
        insert into rooms (school_id, room_id, kind, name)
        values (${teacher.schoolId}, ${roomId}, 'group', 'A group')`);
      await tx.query(sql.typeAlias("nothing")`
        insert into room_members (school_id, room_id, user_id, role)
        values (${teacher.schoolId}, ${roomId}, ${teacher.participantId}, 'teacher')`);
    }
  });
  const client = await school.connect(teacher);
  const [last = "" as RoomId, ...rooms] = roomIds;
  for (const room of rooms) await client.acked({ type: "joinRoom", room, liveClass: null });
  expect(await client.refused({ type: "joinRoom", room: last, liveClass: null })).toBe("conflict");
  await client.acked({ type: "leaveRoom", room: rooms[0] ?? last });
  await client.acked({ type: "joinRoom", room: last, liveClass: null });
  client.close();
});

test(
  "[L4][R4] who reads too slowly is cut off, and has everything after coming back",
  { timeout: 60_000 },
  async () => {
    const slow = await school.enter(school.students[2]);
    // Said by somebody who has not said much here: no limit is in the way.
    const teacher = await school.enter(school.teacher);
    const { seq: since } = await teacher.acked(say("They fall asleep"));
    await slow.next("chatMessage", ({ seq }) => seq === since);
    teacher.close();
    slow.socket.pause();
    // More than the operating system keeps for a sleeper, too.
    for (let round = 0; round < 6; round += 1) await storeElsewhere(450, "x".repeat(8_000));
    // Whoever comes now makes the room push what it had not noticed.
    const { headSeq } = await (await school.connect(school.teacher)).acked(join());
    slow.socket.resume();
    expect([closeReasons.slow.code, 1006]).toContain(await slow.closed());
    const back = await school.enter(school.students[2], since);
    await expectExactly(back, [since, headSeq]);
    back.close();
  },
);
