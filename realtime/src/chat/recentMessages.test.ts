import { limits, type ChatMessage, type ParticipantId, type RoomId } from "@darasa/protocol";
import fc from "fast-check";
import { expect, test } from "vitest";
import { schoolId } from "../../test/support/fakeSession.ts";
import type { RoomHistory, SeqRange } from "../room/history.ts";
import { type Room, newRoom } from "../room/room.ts";
import { RecentMessages } from "./recentMessages.ts";

function messageOf(seq: number, body = `text ${seq}`): ChatMessage {
  const senderId = "sender" as ParticipantId;
  const [messageId, clientId] = [`m${seq}`, `c${seq}`];
  return { seq, messageId, clientId, senderId, senderName: "S", body, sentAtMs: seq };
}

/** A room's messages as they stand in the database, which answers when it is told to. */
function storedRoom(bounds?: ConstructorParameters<typeof RecentMessages>[0]["bounds"]) {
  const room: Room = newRoom(schoolId, "room" as RoomId);
  const stored: ChatMessage[] = [];
  const clock = { uptimeMs: 0 };
  let reads = 0;
  let held: (() => void)[] | null = null;
  async function read(found: ChatMessage[]): Promise<ChatMessage[]> {
    reads += 1;
    if (held !== null) await new Promise<void>((resolve) => held?.push(resolve));
    return found;
  }
  const within = ({ fromSeq, throughSeq }: SeqRange) =>
    stored.filter(({ seq }) => seq >= fromSeq && seq <= throughSeq);
  const history: RoomHistory = {
    loadRecent: (_room, range) => read(within(range).slice(-limits.recentMessages)),
    loadPage: (_room, range) => read(within(range).slice(0, limits.replayPageSize)),
    loadHeads: () => Promise.resolve(new Map()),
  };
  const recent = new RecentMessages({ history, uptimeMs: () => clock.uptimeMs, bounds });
  room.publishedSeq = 0;
  return {
    room,
    stored,
    clock,
    recent,
    within,
    reads: () => reads,
    /** Stored, and pushed as the feed does. */
    push(body?: string) {
      const message = messageOf(stored.length + 1, body);
      stored.push(message);
      room.publishedSeq = message.seq;
      recent.pushed(room, message);
    },
    /** As the database and then the word of it do. */
    erase(seq: number) {
      const message = stored[seq - 1];
      if (message !== undefined) {
        stored[seq - 1] = { ...message, senderName: "", body: "", erased: true };
      }
      recent.forget(room.channel);
    },
    /** What is held already goes on being so. */
    hold: () => (held ??= []),
    release() {
      const waiting = held ?? [];
      held = null;
      for (const resolve of waiting) resolve();
    },
  };
}

test("[R3] a hundred who join a room at once cost one read, and later ones none, also of what was said since", async () => {
  const its = storedRoom();
  const { room, recent } = its;
  for (let count = 0; count < 70; count += 1) its.push();
  its.hold();
  const range = { fromSeq: 1, throughSeq: 70 };
  const all = Array.from({ length: 100 }, () => recent.loadRecent(room, range));
  its.push();
  its.release();
  for (const found of await Promise.all(all)) expect(found).toEqual(its.within(range).slice(-50));
  const later = { fromSeq: 1, throughSeq: 71 };
  expect(await recent.loadRecent(room, later)).toEqual(its.within(later).slice(-50));
  expect(await recent.loadPage(room, { fromSeq: 60, throughSeq: 71 })).toHaveLength(12);
  expect(its.reads()).toBe(1);
});

test("[M6] a text that was erased while it was read is not kept", async () => {
  const its = storedRoom();
  const { room, recent } = its;
  its.push("secret");
  const range = { fromSeq: 1, throughSeq: 1 };
  its.hold();
  const early = recent.loadRecent(room, range);
  its.erase(1);
  its.release();
  await early;
  const [found] = await recent.loadRecent(room, range);
  expect(found).toMatchObject({ erased: true, body: "" });
});

test("[R4] what cannot be read now is told, and read at the next need", async () => {
  const { room } = storedRoom();
  const stored = [messageOf(1)];
  let isAway = true;
  const recent = new RecentMessages({
    history: {
      loadRecent: () => (isAway ? Promise.reject(new Error("away")) : Promise.resolve(stored)),
      loadPage: () => Promise.resolve(stored),
      loadHeads: () => Promise.resolve(new Map()),
    },
    uptimeMs: () => 0,
  });
  const range = { fromSeq: 1, throughSeq: 1 };
  await expect(recent.loadRecent(room, range)).rejects.toThrow("away");
  isAway = false;
  expect(await recent.loadRecent(room, range)).toEqual(stored);
});

test("what was kept for an hour is read anew, and a room that nobody is in is not kept", async () => {
  const its = storedRoom();
  const { room, recent } = its;
  its.push();
  const load = () => recent.loadRecent(room, { fromSeq: 1, throughSeq: 1 });
  await load();
  await load();
  expect(its.reads()).toBe(1);
  its.clock.uptimeMs = 60 * 60_000;
  await load();
  expect(its.reads()).toBe(2);
  recent.forget(room.channel);
  await load();
  expect(its.reads()).toBe(3);
});

const bounds = { messagesPerRoom: 60, bytesPerRoom: 60_000, bytesInAll: 1_000_000 };

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant("push"), size: fc.nat({ max: 9_000 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("erase"), seq: fc.nat({ max: 200 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("forget", "hold", "release") }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("join", "replay"),
      back: fc.nat({ max: 120 }),
    }),
  },
);

test("[R3, R4] whatever happens, memory says what the database says, or what it said before an erasure that is on its way", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 120, size: "max" }), async (steps) => {
      const its = storedRoom(bounds);
      const { room, recent } = its;
      const answers: Promise<void>[] = [];
      for (const one of steps) {
        if ("size" in one) its.push("x".repeat(one.size));
        else if ("seq" in one) its.erase(one.seq);
        else if ("back" in one) {
          const throughSeq = its.stored.length;
          if (throughSeq === 0) continue;
          const fromSeq = Math.max(1, throughSeq - one.back);
          const range = { fromSeq, throughSeq };
          const before = its.within(range).filter(({ erased }) => erased !== true);
          const ask = one.kind === "join" ? "loadRecent" : "loadPage";
          answers.push(
            recent[ask](room, range).then((found) => {
              const seqs = found.map(({ seq }) => seq);
              const first = seqs[0] ?? 0;
              expect(seqs).toEqual(seqs.map((_seq, index) => first + index));
              if (ask === "loadPage") expect(first).toBe(fromSeq);
              else {
                expect(seqs.at(-1)).toBe(throughSeq);
                expect(seqs).toHaveLength(
                  Math.min(limits.recentMessages, throughSeq - fromSeq + 1),
                );
              }
              for (const message of found.filter(({ erased }) => erased !== true)) {
                expect(before).toContainEqual(message);
              }
            }),
          );
        } else if (one.kind === "forget") recent.forget(room.channel);
        else if (one.kind === "hold") its.hold();
        else its.release();
        await Promise.resolve();
      }
      its.release();
      await Promise.all(answers);
    }),
    { numRuns: 50 },
  );
});
