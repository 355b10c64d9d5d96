import { closeReasons } from "@darasa/protocol";
import { afterEach, expect, test } from "vitest";
import * as Y from "yjs";
import { createBoardServer } from "../src/board/boardServer.ts";
import { BoardClient, boardUrl, createBoard, openBoard } from "./support/boardClient.ts";
import { startLocalNodes, type LocalNodes } from "./support/localNodes.ts";
import type { LocalPlan } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

let nodes: LocalNodes;
async function start(plan?: LocalPlan): Promise<LocalNodes> {
  nodes = await startLocalNodes(plan);
  return nodes;
}
afterEach(() => nodes.stop());

/** How many of so many messages at once are taken. */
async function flood(client: TestClient, room: LocalNodes["here"]["room"]): Promise<number> {
  const answers = Array.from({ length: 20 }, () =>
    client.ask({ type: "sendMessage", room, body: "Habari" }),
  );
  return (await Promise.all(answers)).filter(({ ok }) => ok).length;
}

test("[L1] who floods two nodes has one bucket, and one burst more at most", async () => {
  let aheadMs = 0;
  const { here, enterThere } = await start({ now: () => Date.now() + aheadMs });
  const [student] = here.students;
  const [one, other] = [await here.enter(student), await enterThere(student)];
  const startedAtMs = Date.now();
  let taken = 0;
  // The bucket that a node has to itself would give 10 more in every 2 s.
  for (let round = 0; round <= 3; round += 1) {
    for (const client of [one, other]) taken += await flood(client, here.room);
    // What was drawn is told at most every 250 ms.
    await new Promise((resolve) => setTimeout(resolve, 300));
    aheadMs += 1_700;
  }
  const seconds = (Date.now() - startedAtMs + aheadMs) / 1_000;
  expect(taken).toBeLessThanOrEqual(10 + 10 + 5 * seconds);
  const bystander = await enterThere(here.students[1]);
  expect(await flood(bystander, here.room)).toBe(10);
});

test("[B3] who draws at a board of one node is told on another what is stored", async () => {
  const { here, there, enterThere } = await start({ createBoardServer });
  const board = await createBoard(here, here.room);
  const inRoom = await here.enter(here.teacher);
  const elsewhere = await enterThere(here.students[0]);
  const school = { ...here, gateway: there.gateway, liveClassId: here.liveClass };
  const atBoard = new BoardClient(await boardUrl(school, { board, person: here.teacher }));
  await atBoard.sync();
  atBoard.records.set("shape:a", { id: "shape:a" });
  await inRoom.next("boardStored", ({ clocks }) => atBoard.doc.clientID in clocks);
  // What was brought is told to who brought it, and to nobody else.
  await inRoom.next("boardStored", ({ copy }) => copy !== undefined);
  expect(elsewhere.all("boardStored").filter(({ copy }) => copy !== undefined)).toEqual([]);
  atBoard.close();
});

test("a board that is opened at another node is served there from then on, with all that was drawn", async () => {
  const { here, there } = await start({ createBoardServer });
  const board = await createBoard(here, here.room);
  const first = { ...here, liveClassId: here.liveClass };
  const second = { ...first, gateway: there.gateway };
  const older = await openBoard(first, board, here.teacher);
  older.records.set("shape:old", { id: "shape:old" });
  const newer = await openBoard(second, board, here.teacher);
  expect(await older.closed()).toBe(closeReasons.shutdown.code);
  // Whoever comes back, comes to the other node and brings what they have.
  const back = new BoardClient(await boardUrl(second, { board, person: here.teacher }));
  Y.applyUpdate(back.doc, Y.encodeStateAsUpdate(older.doc));
  await back.sync();
  await newer.until(() => newer.records.has("shape:old"));
  newer.records.set("shape:new", { id: "shape:new" });
  await back.until(() => back.records.has("shape:new"));
  for (const client of [newer, back]) client.close();
});

test("a board that came to two nodes while they could not hear each other does not stay at both", async () => {
  const { here, there, bus } = await start({ createBoardServer });
  const board = await createBoard(here, here.room);
  const first = { ...here, liveClassId: here.liveClass };
  const second = { ...first, gateway: there.gateway };
  const older = await openBoard(first, board, here.teacher);
  bus.cut();
  const newer = await openBoard(second, board, here.teacher);
  expect([older.closeCode, newer.closeCode]).toEqual([null, null]);
  bus.mend();
  // Who comes back, comes to the one node that the proxy chooses.
  expect(await Promise.race([older.closed(), newer.closed()])).toBe(closeReasons.shutdown.code);
  for (const client of [older, newer]) client.close();
});
