import { randomUUID } from "node:crypto";
import type { ChatOutcome, ChatRow, HeldOutcome } from "@darasa/database";
import { DarasaError, type RoomId, type SchoolId } from "@darasa/protocol";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { schoolId } from "../../test/support/fakeSession.ts";
import { newRoom } from "../room/room.ts";
import { Flusher, type PendingMessage, type WriteOutcome } from "./flusher.ts";

const room = newRoom(schoolId, randomUUID() as RoomId);

/** A database whose commits end when the test says so. */
interface Commit {
  readonly bodies: string[];
  /** Around what is held. */
  readonly isFree: boolean;
  resolve(outcomes?: (ChatOutcome | HeldOutcome)[]): void;
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
  const commitOf =
    <Outcome>(isFree: boolean) =>
    (rows: readonly ChatRow[]) =>
      new Promise<Outcome[]>((resolve, reject) => {
        const bodies = rows.map(({ body }) => body);
        const stored = rows.map((_, index): ChatOutcome => storedAs(index + 1));
        const end = (outcomes: (ChatOutcome | HeldOutcome)[] = stored) =>
          resolve(outcomes as Outcome[]);
        ofThis.commits.push({ bodies, isFree, resolve: end, reject });
      });
  return new Flusher({
    append: commitOf(false),
    appendFree: commitOf(true),
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

function add(body: string, to = room): Promise<WriteOutcome> {
  const row = { body } as ChatRow;
  return new Promise((settle) => flusher.add({ room: to, row, sinceMs: Date.now(), settle }));
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
  const outcomes = ["a", "b", "c"].map((body) => add(body));
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
  const outcomes = ["locked", "good", "nul"].map((body) => add(body));
  (await commit(0)).resolve();
  (await commit(1)).resolve([{ outcome: "chat_locked" }, storedAs(2), { outcome: "invalid" }]);
  await first;
  const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
  expect(codes).toEqual(["chat_locked", "stored", "bad_request"]);
});

test("[M5] when the database is away all who wait hear so at once, and what was tried is uncertain", async () => {
  const outcomes = ["a", "b", "c"].map((body) => add(body));
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
  const outcomes = ["a", "b"].map((body) => add(body));
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
  const outcomes = ["a", "poison", "b"].map((body) => add(body));
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

describe("[P8] what somebody else holds in the database", () => {
  const held = { outcome: "held" } as const;
  const other = newRoom(randomUUID() as SchoolId, randomUUID() as RoomId);

  /** A batch of the room that is held and of the other: what becomes of both. */
  async function holdRoom(): Promise<Promise<WriteOutcome>[]> {
    const first = add("first");
    const outcomes = [add("a1"), add("b1", other), add("a2")];
    (await commit(0)).resolve();
    (await commit(1)).reject(new DarasaError("busy"));
    await first;
    return outcomes;
  }

  test("is gone around at once; it is tried again, in order, before what came behind it", async () => {
    const [a1, b1, a2] = await holdRoom();
    expect(commits[2]).toMatchObject({ bodies: ["a1", "b1", "a2"], isFree: true });
    commits[2]?.resolve([held, storedAs(1), held]);
    expect(await b1).toMatchObject({ outcome: "stored" });
    const a3 = add("a3");
    const b2 = add("b2", other);
    expect(await commit(3)).toMatchObject({ bodies: ["b2"], isFree: false });
    commits[3]?.resolve();
    await b2;
    expect(await commit(4)).toMatchObject({ bodies: ["a1", "a2", "a3"], isFree: true });
    commits[4]?.resolve([held, held, held]);
    (await commit(5)).resolve();
    expect(await Promise.all([a1, a2, a3])).toMatchObject([{ seq: 1 }, { seq: 2 }, { seq: 3 }]);
    await flusher.idle();
    expect(committed).toEqual(["first", "b1", "b2", "a1", "a2", "a3"]);
    expect(over).toEqual(committed);
    void add("a4");
    expect(commits[6]).toMatchObject({ bodies: ["a4"], isFree: false });
    commits[6]?.resolve();
    await flusher.idle();
  });

  test("costs its senders no more than the deadline, is not stored then, and costs others nothing", async () => {
    flusher = flusherWith(800);
    const [a1, b1, a2] = await holdRoom();
    commits[2]?.resolve([held, storedAs(1), held]);
    await b1;
    let tried = 3;
    const ends = Promise.all([a1, a2]);
    const isOver = ends.then(() => true);
    while (!(await Promise.race([isOver, commit(tried).then(() => false)]))) {
      commits[tried]?.resolve([held, held]);
      tried += 1;
    }
    expect(await ends).toMatchObject([{ outcome: "unavailable" }, { outcome: "unavailable" }]);
    await flusher.idle();
    expect(committed).toEqual(["first", "b1"]);
    expect(uncertain).toEqual([]);
    expect([...over].sort()).toEqual(["a1", "a2", "b1", "first"]);
  });

  test("when even what goes around has to wait, all of the batch is tried again", async () => {
    const outcomes = await holdRoom();
    (await commit(2)).reject(new DarasaError("busy"));
    (await commit(3)).resolve();
    expect(commits[3]).toMatchObject({ bodies: ["a1", "b1", "a2"], isFree: true });
    for (const outcome of await Promise.all(outcomes)) expect(outcome.outcome).toBe("stored");
  });

  test("an answer that comes after the deadline tells nobody twice, and what was held is not stored later", async () => {
    flusher = flusherWith(100);
    const outcomes = await holdRoom();
    const codes = (await Promise.all(outcomes)).map(({ outcome }) => outcome);
    expect(codes).toEqual(["unavailable", "unavailable", "unavailable"]);
    (await commit(2)).resolve([held, storedAs(1), held]);
    await flusher.idle();
    expect(commits).toHaveLength(3);
    expect([...over].sort()).toEqual(["a1", "a2", "b1", "first"]);
  });

  test("what waits for it takes no room from others", async () => {
    const [, b1] = await holdRoom();
    commits[2]?.resolve([held, storedAs(1), held]);
    await b1;
    const more = Array.from({ length: 2_001 }, (_, index) => add(`a${index + 3}`));
    expect((await more.at(-1))?.outcome).toBe("busy");
    const b2 = add("b2", other);
    (await commit(3)).resolve();
    expect((await b2).outcome).toBe("stored");
    for (let batch = 4; flusher.waiting > 0; batch += 1) (await commit(batch)).resolve();
    await flusher.idle();
  });
});
