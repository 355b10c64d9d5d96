import { startStallingProxy, type StallingProxy } from "@darasa/database/testing";
import type { BoardId } from "@darasa/protocol";
import * as encoding from "lib0/encoding";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { createBoardServer, type BoardServer } from "../src/board/boardServer.ts";
import {
  BoardClient,
  boardUrl,
  createBoard,
  openBoard,
  type BoardSchool,
} from "./support/boardClient.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import { createRandom } from "./support/random.ts";

const maxDocumentBytes = 200_000;

let school: LocalSchool;
let boardServer: BoardServer;
let app: StallingProxy;
let writer: StallingProxy;
beforeAll(async () => {
  school = await startLocalSchool({
    createBoardServer(deps) {
      boardServer = createBoardServer(deps, {
        maxDocumentBytes,
        unloadAfterMs: 20,
        watchIntervalMs: 500,
        workerRestMs: 1_000,
        keepAliveMs: 50,
      });
      return boardServer;
    },
    async settings(database) {
      app = await startStallingProxy(database.appUrl);
      writer = await startStallingProxy(database.writerUrl);
      return { databaseUrl: app.url, writerUrl: writer.url };
    },
  });
});
afterAll(async () => {
  await school.stop();
  await app.close();
  await writer.close();
});

function boards(): BoardSchool {
  return { ...school, liveClassId: school.liveClass };
}

function newBoard(): Promise<BoardId> {
  return createBoard(school, school.room);
}

test("[B5] a full board refuses what makes it larger, takes deletions, and then grows again", async () => {
  const board = await newBoard();
  const gateway = await school.enter(school.teacher);
  const client = await openBoard(boards(), board, school.teacher);
  const other = await openBoard(boards(), board, school.teacher);
  for (let index = 0; index < 4; index += 1) {
    client.records.set(`shape:${index}`, { text: "x".repeat(45_000) });
  }
  await client.sync();
  client.offline(() => client.records.set("shape:more", { text: "x".repeat(45_000) }));
  await client.sync();
  await gateway.next("boardRefused", (e) => e.board === board && e.code === "document_full");
  expect(client.closeCode).toBeNull();

  other.records.delete("shape:0");
  other.records.delete("shape:1");
  await other.sync();
  const fresh = await openBoard(boards(), board, school.teacher);
  expect(fresh.records.has("shape:0")).toBe(false);
  expect(fresh.records.has("shape:more")).toBe(false);
  // What is full is measured again only after a while.
  const grown = () => fresh.records.set(`shape:again`, { text: "x".repeat(45_000) });
  await expect
    .poll(
      async () => {
        const reader = await openBoard(boards(), board, school.teacher);
        if (!reader.records.has("shape:again")) grown();
        await fresh.sync();
        reader.close();
        return reader.records.has("shape:again");
      },
      { timeout: 10_000, interval: 300 },
    )
    .toBe(true);
  for (const each of [client, other, fresh, gateway]) each.close();
});

test("something is said on a quiet board now and then", async () => {
  const client = await openBoard(boards(), await newBoard(), school.teacher);
  const before = client.framesHeard;
  await client.until(() => client.framesHeard >= before + 3);
  client.close();
});

test("a board that nobody looks at is unloaded, and loaded again with all that it had", async () => {
  const board = await newBoard();
  const client = await openBoard(boards(), board, school.teacher);
  client.records.set("shape:a", { id: "shape:a" });
  await client.sync();
  client.close();
  await expect.poll(() => boardServer.stats().documents).toBe(0);
  const again = await openBoard(boards(), board, school.teacher);
  expect(again.records.has("shape:a")).toBe(true);
  again.close();
});

test("a worker without boards ends after a while, and the next board has one again", async () => {
  const board = await newBoard();
  const client = await openBoard(boards(), board, school.teacher);
  client.records.set("shape:a", { id: "shape:a" });
  await client.sync();
  expect(boardServer.stats().isWorkerRunning).toBe(true);
  client.close();
  const isRunning = () => boardServer.stats().isWorkerRunning;
  await expect.poll(isRunning, { timeout: 10_000 }).toBe(false);
  const again = await openBoard(boards(), board, school.teacher);
  expect(again.records.has("shape:a")).toBe(true);
  // It is quiet for longer than a worker rests, and keeps it.
  const heard = again.framesHeard;
  await again.until(() => again.framesHeard >= heard + 40);
  expect(isRunning()).toBe(true);
  expect(boardServer.stats().workerRestarts).toBe(0);
  again.close();
});

test("a worker that hangs is given up: its boards close for a moment, and its tormentor stays out", async () => {
  const { room, teacher: person } = school;
  const board = await newBoard();
  const bystander = await newBoard();
  const gateway = await school.enter(person);
  const watcher = await openBoard(boards(), bystander, school.students[0]);
  const other = await openBoard(boards(), bystander, person);
  other.records.set("shape:a", { id: "shape:a" });
  await gateway.next("boardStored", (event) => event.board === bystander);

  const hostile = school.students[1];
  const teacher = await school.enter(person);
  const participant = hostile.participantId;
  await teacher.acked({ type: "allowDrawing", room, participant, allowed: true });
  for (let strike = 1; strike <= 2; strike += 1) {
    const client = await openBoard(boards(), board, hostile);
    for (const update of slowUpdates(strike)) client.sendUpdate(update);
    expect(await client.closed()).toBe(4500);
    expect(boardServer.stats().workerRestarts).toBe(strike);
  }
  const url = await boardUrl(boards(), { board, person: hostile });
  expect(await new BoardClient(url).closed()).toBe(4400);

  expect(await watcher.closed()).toBe(4500);
  const again = await openBoard(boards(), bystander, person);
  expect(again.records.has("shape:a")).toBe(true);
  for (const each of [again, gateway, teacher]) each.close();
}, 60_000);

/** Within every limit on the wire, and still many seconds of comparing each with each in Yjs. */
function slowUpdates(strike: number): Uint8Array[] {
  const doc = new Y.Doc();
  doc.clientID = 1_000_000 + strike;
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const base = 18_000;
  doc.transact(() => {
    for (let index = 0; index < base; index += 1) doc.getArray("a").push([new Uint8Array(0)]);
  });
  const count = 490;
  const squeeze = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, count);
    for (let index = 0; index < count; index += 1) {
      for (const part of [1, count - index + strike * 1_000, 0])
        encoding.writeVarUint(encoder, part);
      // An item of JSON with a right neighbour and no left one.
      encoding.writeUint8(encoder, 8 | 64);
      for (const part of [doc.clientID, base - 1 - index, 1]) encoding.writeVarUint(encoder, part);
      encoding.writeAny(encoder, 1);
    }
    encoding.writeVarUint(encoder, 0);
  });
  return [...updates, squeeze];
}

test("[P8] without Postgres edits are shared but not told as stored, and stored when it is back", async () => {
  const board = await newBoard();
  const gateway = await school.enter(school.teacher);
  const [one, two] = [
    await openBoard(boards(), board, school.teacher),
    await openBoard(boards(), board, school.teacher),
  ];
  for (const proxy of [app, writer]) proxy.freeze();
  for (let index = 0; index < 20; index += 1) one.records.set(`shape:${index}`, { id: index });
  await two.until(() => two.records.size === 20);
  const stored = gateway.all("boardStored").filter((event) => event.board === board && !event.copy);
  expect(stored).toEqual([]);
  expect(boardServer.stats().unstoredUpdates).toBeGreaterThan(0);

  const refused = new BoardClient(await boardUrl(boards(), { board, person: school.teacher }));
  expect(await refused.closed()).toBe(4503);

  for (const proxy of [app, writer]) {
    proxy.thaw();
    proxy.cut();
  }
  await gateway.next(
    "boardStored",
    (event) => event.board === board && (event.clocks[one.doc.clientID] ?? 0) >= 20,
  );
  expect(boardServer.stats()).toMatchObject({ unstoredUpdates: 0, unstoredBytes: 0 });
  for (const each of [one, two, gateway]) each.close();
});

test("what was drawn while Postgres was away is stored although everybody has left", async () => {
  const board = await newBoard();
  const client = await openBoard(boards(), board, school.teacher);
  for (const proxy of [app, writer]) proxy.freeze();
  for (let index = 0; index < 30; index += 1) client.records.set(`shape:${index}`, { id: index });
  await client.sync();
  client.close();
  await expect.poll(() => boardServer.stats().documents).toBe(0);
  expect(boardServer.stats().unstoredUpdates).toBeGreaterThan(0);
  for (const proxy of [app, writer]) {
    proxy.thaw();
    proxy.cut();
  }
  await expect.poll(() => boardServer.stats().unstoredUpdates, { timeout: 15_000 }).toBe(0);
  const again = await openBoard(boards(), board, school.teacher);
  expect(again.records.size).toBe(30);
  again.close();
});

test("quick openings and closings beside the unloading lose nothing", async () => {
  const board = await newBoard();
  const { seed, random } = createRandom();
  for (let round = 0; round < 100; round += 1) {
    const client = await openBoard(boards(), board, school.teacher);
    expect(client.records.size, `seed ${seed}`).toBe(round);
    client.records.set(`shape:${round}`, { id: `shape:${round}` });
    if (random() < 0.5) await client.sync();
    client.close();
    await client.closed();
    // Around the 20 ms after which an empty board is unloaded here.
    await new Promise((resolve) => setTimeout(resolve, random() * 40));
  }
}, 60_000);
