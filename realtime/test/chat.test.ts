import { setTimeout as delay } from "node:timers/promises";
import { limits, type RoomId } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fillRoom } from "./support/fillRoom.ts";
import type { TestClient } from "./support/testClient.ts";
import { startTestSchool, type TestPerson, type TestSchool } from "./support/testSchool.ts";

let school: TestSchool;
let first: TestClient;
let second: TestClient;
beforeAll(async () => {
  school = await startTestSchool();
  first = await school.enter(student(0));
  second = await school.enter(student(1));
});
afterAll(() => school.stop());

function student(index: number): TestPerson {
  const found = school.students[index];
  if (!found) throw new Error(`the school has no student ${String(index)}`);
  return found;
}

const message = (body: string) => ({ type: "sendMessage", room: school.room, body }) as const;

test("[M1] a message is acked and reaches everybody, the sender too, once", async () => {
  const ack = await first.acked(message("Is x = 4?"), "hello-1");
  const [got, echo] = await Promise.all(
    [second, first].map((client) => client.next("chatMessage", ({ seq }) => seq === ack.seq)),
  );
  expect(got).toEqual(echo);
  expect(got).toMatchObject({
    body: "Is x = 4?",
    clientId: "hello-1",
    senderName: student(0).name,
    messageId: ack.messageId,
    sentAtMs: ack.sentAtMs,
  });
});

test("[M2] a resend gets the first one's seq and makes no second message", async () => {
  const sent = await first.acked(message("once"), "again-1");
  const resent = await Promise.all(
    Array.from({ length: 5 }, () => first.acked(message("once"), "again-1")),
  );
  for (const ack of resent) expect(ack.seq).toBe(sent.seq);
  await first.acked(message("after"), "after-1");
  await second.next("chatMessage", ({ clientId }) => clientId === "after-1");
  expect(second.chat().filter(({ body }) => body === "once")).toHaveLength(1);
});

test("[M3] text is stored as it is, and the longest that is allowed passes", async () => {
  const writer = await school.enter(student(2));
  const odd = "<img src=x onerror=alert(1)> \u202e javascript:alert(1) \u200b 🙂";
  const { seq } = await writer.acked(message(odd));
  expect((await second.next("chatMessage", (each) => each.seq === seq)).body).toBe(odd);
  await writer.acked(message("a".repeat(limits.maxMessageBytes)));
  expect(await writer.refused(message("a".repeat(limits.maxMessageBytes + 1)))).toBe("too_large");
  expect(await writer.refused(message(" \n "))).toBe("bad_frame");
});

test("[D3][E4] a room that one has not joined, or of another school, is not found", async () => {
  const stranger = await school.connect(school.stranger);
  expect(await stranger.refused(message("hello?"))).toBe("not_found");
  const join = { type: "joinRoom", room: school.room, liveClass: null } as const;
  expect(await stranger.refused(join)).toBe("not_found");
  const guest = await school.connect(school.guest);
  expect(await guest.refused(join)).toBe("not_found");
  const elsewhere = school.database.rooms.biology.roomId as RoomId;
  expect(await guest.refused({ ...join, room: elsewhere })).toBe("not_found");
  expect(stranger.chat()).toEqual([]);
});

test("[L1] who writes too fast is told to wait, and nothing of it is stored", async () => {
  const hasty = await school.enter(student(3));
  const bodies = Array.from({ length: 30 }, (_, index) => `hasty ${String(index)}`);
  const answers = await Promise.all(bodies.map((body) => hasty.ask(message(body))));
  const refused = answers.flatMap((answer) => (answer.ok ? [] : [answer.error]));
  expect(refused.length).toBeGreaterThanOrEqual(15);
  for (const error of refused) {
    expect(error).toMatchObject({ code: "rate_limited", retryable: true });
    expect(error.retryAfterMs).toBeGreaterThan(0);
  }
  const reader = await school.enter(school.teacher, 0);
  await reader.next("replay", ({ done }) => done);
  const stored = reader.chat().filter(({ body }) => body.startsWith("hasty"));
  expect(stored).toHaveLength(bodies.length - refused.length);
});

describe("joining", () => {
  test("[R4] with since brings what was missed while others go on writing: no hole, no duplicate", async () => {
    const seed = Number(process.env["TEST_SEED"] ?? Date.now() % 100_000);
    const random = pseudoRandom(seed);
    const since = (await fillRoom(school, 1)) - 1;
    await fillRoom(school, limits.replayPageSize * 2 + 17);
    const enough = new AbortController();
    // Several, since each may write only so fast (SPEC L1): who does not wait when told to is cut for flooding.
    const third = await school.enter(student(2));
    const guest = await school.enter(school.guest);
    const writing = [second, third, guest].map(async (client) => {
      while (!enough.signal.aborted) {
        const answer = await client.ask(message(`live ${String(random())}`));
        if (!answer.ok) await delay(answer.error.retryAfterMs);
      }
    });
    const joiners = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const from = since + Math.floor(random() * 50);
        return { from, client: await school.enter(student(index % 2), from) };
      }),
    );
    const last = await fillRoom(school, 1);
    // The other gateway's write is pushed by nobody here: the next head tells, and a join brings it.
    for (const { client } of joiners) {
      await client.until(() => (client.all("replay").some(({ done }) => done) ? true : undefined));
    }
    enough.abort();
    await Promise.all(writing);
    const closing = await school.enter(school.teacher);
    const { seq: end } = await closing.acked(message("the end"));
    expect(end).toBeGreaterThan(last);
    for (const { from, client } of joiners) {
      await client.until(() => (client.chat().some(({ seq }) => seq === end) ? true : undefined));
      const seqs = client.chat().map(({ seq }) => seq);
      expect(seqs, `TEST_SEED=${String(seed)}`).toEqual(
        Array.from({ length: end - from }, (_, index) => from + 1 + index),
      );
      client.close();
    }
  });

  test("[R3] without since brings the newest and replays nothing", async () => {
    await fillRoom(school, limits.recentMessages + 5);
    const client = await school.connect(school.teacher);
    const { liveClassId: liveClass } = school.liveClass;
    const ack = await client.acked({ type: "joinRoom", room: school.room, liveClass });
    expect(ack.recent).toHaveLength(limits.recentMessages);
    expect(ack.recent.at(-1)?.seq).toBe(ack.headSeq);
    expect(client.all("replay")).toEqual([]);
  });

  test(
    "[R6] a message that nobody pushed is told by the next head, within 10 s",
    { timeout: 40_000 },
    async () => {
      const client = await school.enter(school.teacher);
      const unpushed = await fillRoom(school, 1);
      const sinceMs = performance.now();
      const told = await Promise.race([
        client.next("head", ({ seq }) => seq >= unpushed),
        client.next("chatMessage", ({ seq }) => seq === unpushed),
      ]);
      expect(told.seq).toBeGreaterThanOrEqual(unpushed);
      // What the machine itself is late is none of the gateway's.
      expect(performance.now() - sinceMs).toBeLessThan(limits.headIntervalMs + 1_000);
    },
  );
});

test("[M1] what was acked is there after the gateway was killed, and a resend does not double it", async () => {
  const own = await startTestSchool();
  try {
    const [sender] = own.students;
    if (!sender) throw new Error("no student");
    const client = await own.enter(sender);
    const acked: string[] = [];
    for (let index = 0; index < 8; index += 1) {
      const id = `kill-${String(index)}`;
      const send = client.ask({ type: "sendMessage", room: own.room, body: id }, id);
      if (index < 5) await send.then((answer) => answer.ok && acked.push(id));
      else send.catch(() => undefined);
    }
    await own.gateway.end("SIGKILL");
    await own.restart();
    const back = await own.enter(sender, 0);
    await back.next("replay", ({ done }) => done);
    const bodies = back.chat().map(({ body }) => body);
    expect(bodies.slice(0, acked.length)).toEqual(acked);
    for (let index = 0; index < 8; index += 1) {
      const id = `kill-${String(index)}`;
      await back.acked({ type: "sendMessage", room: own.room, body: id }, id);
    }
    const fresh = await own.enter(own.teacher, 0);
    await fresh.next("replay", ({ done }) => done);
    const all = fresh.chat().map(({ body }) => body);
    expect([...all].sort()).toEqual(Array.from({ length: 8 }, (_, i) => `kill-${String(i)}`));
  } finally {
    await own.stop();
  }
});

/** The same numbers again for the same seed, 0 ≤ n < 1 (mulberry32). */
function pseudoRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
