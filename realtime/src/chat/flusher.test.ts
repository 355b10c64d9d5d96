import { randomUUID } from "node:crypto";
import type { ChatOutcome, ChatRow } from "@darasa/database";
import { DarasaError, type RoomId } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { schoolId } from "../../test/support/fakeSession.ts";
import { newRoom } from "../room/room.ts";
import { Flusher, type PendingMessage, type WriteOutcome } from "./flusher.ts";

const room = newRoom(schoolId, randomUUID() as RoomId);

/** A database whose commits end when the test says so. */
interface Commit {
  readonly bodies: string[];
  resolve(outcomes?: ChatOutcome[]): void;
  reject(error: unknown): void;
}

let commits: Commit[];
let committed: string[];
let uncertain: string[];
let over: string[];
let flusher: Flusher;
beforeEach(() => {
  flusher = flusherWith(10_000);
});

function flusherWith(deadlineMs: number): Flusher {
  const ofThis = { commits: [] as Commit[], committed: [] as string[] };
  const ends = { uncertain: [] as string[], over: [] as string[] };
  ({ commits, committed } = ofThis);
  ({ uncertain, over } = ends);
  return new Flusher({
    append: (rows) =>
      new Promise((resolve, reject) => {
        const bodies = rows.map(({ body }) => body);
        const stored = rows.map((_, index): ChatOutcome => storedAs(index + 1));
        const end = (outcomes = stored) => resolve(outcomes);
        ofThis.commits.push({ bodies, resolve: end, reject });
      }),
    committed: (batch) => ofThis.committed.push(...bodiesOf(batch)),
    uncertain: (batch) => ends.uncertain.push(...bodiesOf(batch)),
    over: (messages) => ends.over.push(...bodiesOf(messages)),
    log: () => undefined,
    now: Date.now,
    deadlineMs,
  });
}

function storedAs(seq: number): ChatOutcome {
  return { outcome: "stored", seq, messageId: randomUUID(), sentAtMs: 0 };
}

function bodiesOf(messages: readonly PendingMessage[]): string[] {
  return messages.map(({ row }) => row.body);
}

function add(body: string): Promise<WriteOutcome> {
  const row = { body } as ChatRow;
  return new Promise((settle) => flusher.add({ room, row, sinceMs: Date.now(), settle }));
}

async function commit(index: number): Promise<Commit> {
  return vi.waitFor(
    () => {
      const found = commits[index];
      if (found === undefined) throw new Error("nothing is being committed");
      return found;
    },
    { interval: 1 },
  );
}

test("a lone message is committed at once; what comes meanwhile is the next batch, in order", async () => {
  const outcomes = ["a", "b", "c"].map(add);
  expect(commits.map(({ bodies }) => bodies)).toEqual([["a"]]);
  commits[0]?.resolve();
  (await commit(1)).resolve();
  expect(commits[1]?.bodies).toEqual(["b", "c"]);
  expect(await Promise.all(outcomes)).toMatchObject([{ seq: 1 }, { seq: 1 }, { seq: 2 }]);
  await flusher.idle();
  expect(over).toEqual(["a", "b", "c"]);
});

test("[M1] nobody is answered before the commit, and nothing is pushed before the answers", async () => {
  const order = committed;
  for (const body of ["a", "b", "c"]) {
    const settle = () => order.push(`ack of ${body}`);
    flusher.add({ room, row: { body } as ChatRow, sinceMs: Date.now(), settle });
  }
  const first = await commit(0);
  expect(order).toEqual([]);
  first.resolve();
  const second = await commit(1);
  expect(order).toEqual(["ack of a", "a"]);
  second.resolve();
  await flusher.idle();
  expect(order).toEqual(["ack of a", "a", "ack of b", "ack of c", "b", "c"]);
});

test("each row has its own outcome, and a bad one fails no other", async () => {
  const first = add("first");
  const outcomes = ["locked", "good", "nul"].map(add);
  (await commit(0)).resolve();
  (await commit(1)).resolve([{ outcome: "chat_locked" }, storedAs(2), { outcome: "invalid" }]);
  await first;
  const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
  expect(codes).toEqual(["chat_locked", "stored", "bad_request"]);
});

test("[M5] when the database is away all who wait hear so at once, and what was tried is uncertain", async () => {
  const outcomes = ["a", "b", "c"].map(add);
  (await commit(0)).reject(new DarasaError("unavailable"));
  const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
  expect(codes).toEqual(["unavailable", "unavailable", "unavailable"]);
  await flusher.idle();
  expect(uncertain).toEqual(["a"]);
  expect(over.sort()).toEqual(["a", "b", "c"]);
  const next = add("d");
  (await commit(1)).resolve();
  expect((await next).outcome).toBe("stored");
});

test("[M5] a database that says nothing costs nobody more than the deadline; its late commit is pushed", async () => {
  flusher = flusherWith(50);
  const outcomes = ["a", "b"].map(add);
  const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
  expect(codes).toEqual(["unavailable", "unavailable"]);
  expect((await add("while it is stuck")).outcome).toBe("unavailable");
  commits[0]?.resolve();
  await flusher.idle();
  expect(committed).toEqual(["a"]);
  expect([...over].sort()).toEqual(["a", "b", "while it is stuck"]);
});

test("a row that the database chokes on is found, and the others are stored", async () => {
  const first = add("first");
  const outcomes = ["a", "poison", "b"].map(add);
  (await commit(0)).resolve();
  (await commit(1)).reject(new Error("invalid byte sequence"));
  (await commit(2)).resolve();
  (await commit(3)).reject(new Error("invalid byte sequence"));
  (await commit(4)).resolve();
  await first;
  const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
  expect(codes).toEqual(["stored", "internal", "stored"]);
  await flusher.idle();
  expect(over).toEqual(["first", "a", "poison", "b"]);
});

test("what waits is bounded: beyond it the sender is told to come back", async () => {
  const first = add("first");
  const all = Array.from({ length: 10_001 }, (_, index) => add(String(index)));
  expect((await all.at(-1))?.outcome).toBe("busy");
  for (let batch = 0; batch <= 20; batch += 1) (await commit(batch)).resolve();
  await first;
  expect((await all[9_999])?.outcome).toBe("stored");
  expect(commits.every(({ bodies }) => bodies.length <= 500)).toBe(true);
});
