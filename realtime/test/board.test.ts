import { sql } from "@darasa/database";
import { asSuperuser } from "@darasa/database/testing";
import type { BoardId } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import {
  BoardClient,
  boardUrl,
  createBoard,
  openBoard,
  type BoardSchool,
} from "./support/boardClient.ts";
import { createRandom } from "./support/random.ts";
import { closeCodeAt } from "./support/rawUpgrade.ts";
import { startTestSchool, unknownBoard, type TestSchool } from "./support/testSchool.ts";

let school: TestSchool;
beforeAll(async () => {
  school = await startTestSchool();
});
afterAll(async () => {
  await school.stop();
});

function boards(): BoardSchool {
  const { gateway, room, liveClass } = school;
  return { gateway, ticketKey: gateway.ticketKey, room, liveClassId: liveClass.liveClassId };
}

function newBoard(): Promise<BoardId> {
  return createBoard(school, school.room);
}

function editAtRandom({ records, doc }: BoardClient, random: () => number): void {
  const id = `shape:${Math.floor(random() * 12)}`;
  const choice = random();
  if (choice < 0.6) records.set(id, { id, value: random() });
  else if (choice < 0.8) records.delete(id);
  else doc.getArray("ink").push([new Uint8Array([Math.floor(random() * 256)])]);
}

/** The same content, whatever order the keys came in. */
function isSame(one: Y.Doc, other: Y.Doc): boolean {
  const content = (doc: Y.Doc) =>
    JSON.stringify([
      [...doc.getMap("records").entries()].sort(([a], [b]) => (a < b ? -1 : 1)),
      doc.getArray("ink").toJSON(),
    ]);
  return content(one) === content(other);
}

async function storedDocument(board: string): Promise<Y.Doc> {
  const rows = await asSuperuser<{ body: Buffer }>(
    school.database,
    "select body from board_updates where board_id = $1 order by update_id",
    [board],
  );
  const doc = new Y.Doc();
  for (const { body } of rows) Y.applyUpdate(doc, body);
  return doc;
}

describe("syncing", () => {
  test("[B1] four clients that edit at the same time end with the same board", async () => {
    const { seed, random } = createRandom();
    const board = await newBoard();
    const clients = await Promise.all(
      [1, 2, 3, 4].map(() => openBoard(boards(), board, school.teacher)),
    );
    for (let round = 0; round < 60; round += 1) {
      for (const client of clients) {
        if (random() < 0.1) client.isMute = !client.isMute;
        editAtRandom(client, random);
      }
      if (random() < 0.2) await new Promise((resolve) => setImmediate(resolve));
    }
    for (const client of clients) {
      client.isMute = false;
      await client.sync();
    }
    const [first = await openBoard(boards(), board, school.teacher), ...others] = clients;
    for (const client of others) {
      await first.until(() => isSame(first.doc, client.doc));
      await client.until(() => isSame(first.doc, client.doc));
    }
    // What is seen is stored a moment later.
    const isStored = async () => isSame(await storedDocument(board), first.doc);
    await expect.poll(isStored, { message: `seed ${seed}`, timeout: 5_000 }).toBe(true);
    for (const client of clients) client.close();
  });

  test("[B1] a peer of y-websocket syncs, in both directions", async () => {
    const board = await newBoard();
    const teacher = await openBoard(boards(), board, school.teacher);
    teacher.records.set("shape:a", { id: "shape:a" });
    const doc = new Y.Doc();
    doc.getMap("records").set("shape:offline", { id: "shape:offline" });
    const url = new URL(await boardUrl(boards(), { board, person: school.teacher }));
    const provider = new WebsocketProvider(`ws://${url.host}/yjs`, board, doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      params: { ticket: url.searchParams.get("ticket") ?? "" },
      disableBc: true,
    });
    await new Promise((resolve) => provider.once("sync", resolve));
    expect(doc.getMap("records").has("shape:a")).toBe(true);
    await teacher.until(() => teacher.records.has("shape:offline"));
    doc.getMap("records").set("shape:live", { id: "shape:live" });
    await teacher.until(() => teacher.records.has("shape:live"));
    provider.destroy();
    teacher.close();
  });

  test("a board of some MB arrives in pieces, each readable when it comes", async () => {
    const board = await newBoard();
    const teacher = await openBoard(boards(), board, school.teacher);
    for (let index = 0; index < 60; index += 1) {
      teacher.records.set(`shape:${index}`, { id: `shape:${index}`, text: "x".repeat(40_000) });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await teacher.sync();
    const late = new BoardClient(await boardUrl(boards(), { board, person: school.teacher }));
    await late.opened();
    let wasPartly = false;
    late.doc.on("update", () => (wasPartly ||= late.records.size > 0 && late.records.size < 60));
    await late.sync();
    expect(late.records.size).toBe(60);
    expect(wasPartly).toBe(true);
    expect(late.framesHeard).toBeGreaterThan(30);
    for (const client of [teacher, late]) client.close();
  });

  test("quick openings and closings lose nothing", async () => {
    const board = await newBoard();
    for (let round = 0; round < 40; round += 1) {
      const client = await openBoard(boards(), board, school.teacher);
      expect(client.records.size).toBe(round);
      client.records.set(`shape:${round}`, { id: `shape:${round}` });
      client.close();
      await client.closed();
    }
  });
});

describe("who gets in", () => {
  test("[B1] one document has one name: nothing else opens it, however near it comes", async () => {
    const board = await newBoard();
    const foreign = school.database.neighbour.rooms.history.boardId;
    const names = [
      "",
      "not-a-board",
      board.toUpperCase(),
      `${board.slice(0, -1)}${(board.at(-1) ?? "").toUpperCase()}x`,
      `a/../${board}`,
      `./${board}`,
      `/${board}`,
      `%2e%2e/${board}`,
      `${board}%00`,
      `${board}%00session`,
      `${board}%20`,
      `%20${board}`,
      `${board}/`,
      `${board}%2f`,
      `${board};x`,
      `{${board}}`,
      board.replaceAll("-", ""),
      `%${board.charCodeAt(0).toString(16)}${board.slice(1)}`,
      `${school.teacher.schoolId}:${board}`,
      board.padEnd(300, "0"),
      foreign,
    ];
    for (const name of names) {
      const { search } = new URL(await boardUrl(boards(), { board, person: school.teacher }));
      const code = await closeCodeAt(school.gateway.port, `/yjs/${name}${search}`);
      expect([4403, 404, 400], name).toContain(code);
    }
    const opened = await openBoard(boards(), board, school.teacher);
    expect(opened.isSynced).toBe(true);
    opened.close();
  });

  test("[E4] boards of another school, another room, or nobody are refused alike", async () => {
    const { neighbour, rooms } = school.database;
    const foreign = await createBoard(school, neighbour.rooms.history.roomId, neighbour.schoolId);
    const elsewhere = await createBoard(school, rooms.biology.roomId);
    for (const board of [foreign, elsewhere, unknownBoard]) {
      const url = await boardUrl(boards(), { board, person: school.teacher });
      expect(await new BoardClient(url).closed()).toBe(4403);
    }
    const stranger = await boardUrl(boards(), { board: await newBoard(), person: school.stranger });
    expect(await new BoardClient(stranger).closed()).toBe(4403);
  });

  test("[T2] a ticket opens one connection, and only the board that it names", async () => {
    const [board, other] = [await newBoard(), await newBoard()];
    const url = await boardUrl(boards(), { board, person: school.teacher });
    const first = await new BoardClient(url).sync();
    expect(await new BoardClient(url).closed()).toBe(4401);
    const forOther = new URL(await boardUrl(boards(), { board: other, person: school.teacher }));
    forOther.pathname = `/yjs/${board}`;
    expect(await new BoardClient(forOther.href).closed()).toBe(4403);
    const gateway = new URL(url);
    gateway.searchParams.set("ticket", "nonsense");
    expect(await new BoardClient(gateway.href).closed()).toBe(4401);
    first.close();
  });

  test("[B1] a member who looks on, or comes when the class is over, has the room's boards by any ticket", async () => {
    const board = await newBoard();
    const student = school.students[2] ?? school.teacher;
    await asSuperuser(
      school.database,
      "delete from live_class_participants where participant_id = $1 and live_class_id = $2",
      [student.participantId, school.liveClass.liveClassId],
    );
    const gateway = await school.connect(student);
    await gateway.acked({ type: "joinRoom", room: school.room, liveClass: null });
    const { ticket } = await gateway.acked({ type: "getBoardTicket", room: school.room, board });
    const claims: unknown = JSON.parse(
      Buffer.from(ticket.split(".")[1] ?? "", "base64url").toString(),
    );
    expect(claims).toMatchObject({
      liveClass: school.liveClass.liveClassId,
      signIn: student.participantId,
    });
    const url = `ws://127.0.0.1:${school.gateway.port}/yjs/${board}?ticket=${ticket}`;
    const client = await new BoardClient(url).sync();
    expect(client.isSynced).toBe(true);
    client.close();
    gateway.close();
  });

  test("a guest sees the boards of their class and nothing after it", async () => {
    const board = await newBoard();
    const guest = await openBoard(boards(), board, school.guest);
    expect(guest.isSynced).toBe(true);
    const outside = await boardUrl(boards(), {
      board,
      person: school.guest,
      visit: { liveClass: null },
    });
    expect(await new BoardClient(outside).closed()).toBe(4403);
    guest.close();
  });
});

describe("who may draw", () => {
  test("[B4, B5] a student is read-only until the teacher allows it", async () => {
    const board = await newBoard();
    const person = school.students[0] ?? school.teacher;
    const gateway = await school.enter(person);
    const teacherGateway = await school.enter(school.teacher);
    const teacher = await openBoard(boards(), board, school.teacher);
    const pupil = await openBoard(boards(), board, person);
    await gateway.next("boardRights", (event) => event.board === board && !event.mayDraw);

    pupil.records.set("shape:sneaky", { id: "shape:sneaky" });
    await gateway.next("boardRefused", (e) => e.board === board && e.code === "drawing_locked");
    teacher.records.set("shape:after", { id: "shape:after" });
    await pupil.until(() => pupil.records.has("shape:after"));
    expect(teacher.records.has("shape:sneaky")).toBe(false);

    await teacherGateway.acked({
      type: "allowDrawing",
      room: school.room,
      participant: person.participantId,
      allowed: true,
    });
    await gateway.next("boardRights", (event) => event.board === board && event.mayDraw);
    // The copy that was refused is thrown away, as the protocol says.
    pupil.close();
    const again = await openBoard(boards(), board, person);
    again.records.set("shape:allowed", { id: "shape:allowed" });
    await teacher.until(() => teacher.records.has("shape:allowed"));

    await teacherGateway.acked({
      type: "allowDrawing",
      room: school.room,
      participant: person.participantId,
      allowed: false,
    });
    await gateway.next(
      "boardRights",
      (event) =>
        event.board === board &&
        !event.mayDraw &&
        gateway.all("boardRights").filter((e) => e.board === board).length >= 4,
    );
    again.records.set("shape:too-late", { id: "shape:too-late" });
    teacher.records.set("shape:last", { id: "shape:last" });
    await again.until(() => again.records.has("shape:last"));
    expect(teacher.records.has("shape:too-late")).toBe(false);
    for (const client of [teacher, again, gateway, teacherGateway]) client.close();
  });

  test("[B5] a read-only client that returns with edits of its own is refused; without, it is not", async () => {
    const board = await newBoard();
    const person = school.students[1] ?? school.teacher;
    const gateway = await school.enter(person);
    const teacher = await openBoard(boards(), board, school.teacher);
    teacher.records.set("shape:a", { id: "shape:a" });
    teacher.records.set("shape:a", { id: "shape:a", moved: true });
    const pupil = await openBoard(boards(), board, person);
    await pupil.until(() => pupil.records.has("shape:a"));
    await pupil.sync();
    expect(gateway.all("boardRefused").filter((event) => event.board === board)).toEqual([]);
    pupil.offline(() => pupil.records.set("shape:own", { id: "shape:own" }));
    await pupil.sync();
    await gateway.next("boardRefused", (event) => event.board === board);
    expect(teacher.records.has("shape:own")).toBe(false);
    for (const client of [teacher, pupil, gateway]) client.close();
  });

  test("outside of a class teachers draw, and students only in their groups", async () => {
    const { rooms } = school.database;
    const person = school.students[0] ?? school.teacher;
    const inClassRoom = await newBoard();
    const inGroup = await createBoard(school, rooms.homework.roomId);
    const draw = async (board: string, who: typeof person, room: string) => {
      const visit = { room, liveClass: null };
      const client = await new BoardClient(
        await boardUrl(boards(), { board, person: who, visit }),
      ).sync();
      client.records.set("shape:mine", { id: "shape:mine" });
      await client.sync();
      const reader = await new BoardClient(
        await boardUrl(boards(), { board, person: who, visit }),
      ).sync();
      const has = reader.records.has("shape:mine");
      client.close();
      reader.close();
      return has;
    };
    expect(await draw(inClassRoom, person, school.room)).toBe(false);
    expect(await draw(inClassRoom, school.teacher, school.room)).toBe(true);
    expect(await draw(inGroup, person, rooms.homework.roomId)).toBe(true);
  });
});

describe("awareness", () => {
  test("[B2] name and id come from the server, and of others nothing is believed", async () => {
    const board = await newBoard();
    const [one, two] = [
      await openBoard(boards(), board, school.teacher),
      await openBoard(boards(), board, school.teacher),
    ];
    one.point({ user: { id: "forged", name: "Head teacher" }, cursor: { x: 1, y: 2 } });
    const seen = () => two.awareness.getStates().get(one.doc.clientID);
    await two.until(() => seen() !== undefined);
    expect(seen()).toMatchObject({
      user: { id: school.teacher.participantId, name: school.teacher.name },
      cursor: { x: 1, y: 2 },
    });
    one.close();
    await two.until(() => seen() === undefined);
    two.close();
  });

  test("who may only look is not pointed at", async () => {
    const board = await newBoard();
    const teacher = await openBoard(boards(), board, school.teacher);
    const pupil = await openBoard(boards(), board, school.students[2] ?? school.teacher);
    pupil.point({ cursor: { x: 9, y: 9 } });
    teacher.point({ cursor: { x: 1, y: 1 } });
    await pupil.until(() => pupil.awareness.getStates().has(teacher.doc.clientID));
    expect(teacher.awareness.getStates().has(pupil.doc.clientID)).toBe(false);
    for (const client of [teacher, pupil]) client.close();
  });
});

describe("bad input", () => {
  test("[B5] garbage is refused, never stored, and closes the connection after a few", async () => {
    const board = await newBoard();
    const gateway = await school.enter(school.teacher);
    const good = await openBoard(boards(), board, school.teacher);
    good.records.set("shape:good", { id: "shape:good" });
    await good.sync();
    const bad = await openBoard(boards(), board, school.teacher);
    for (const bytes of [[1, 2, 3], [255, 255, 255, 255, 255, 1], [0], [9, 9, 9, 9]]) {
      bad.sendUpdate(new Uint8Array(bytes));
    }
    expect(await bad.closed()).toBe(4400);
    await gateway.next("boardRefused", (e) => e.board === board && e.code === "bad_update");
    expect(good.closeCode).toBeNull();
    good.records.set("shape:later", { id: "shape:later" });
    await good.sync();
    await gateway.next("boardStored", (e) => e.board === board);
    for (const client of [good, gateway]) client.close();
  });

  test("mutated updates never harm the others, and what is stored loads", async () => {
    const { seed, random } = createRandom();
    const board = await newBoard();
    const good = await openBoard(boards(), board, school.teacher);
    for (let index = 0; index < 20; index += 1) good.records.set(`shape:${index}`, { id: index });
    await good.sync();
    let sent = 0;
    while (sent < 300) {
      const source = new Y.Doc();
      Y.applyUpdate(source, Y.encodeStateAsUpdate(good.doc));
      const before = Y.encodeStateVector(source);
      source.getMap("records").set(`shape:${sent}`, { id: sent, text: "abc" });
      if (random() < 0.5) source.getMap("records").delete(`shape:${Math.floor(random() * 20)}`);
      const update = Y.encodeStateAsUpdate(source, before);
      const client = await openBoard(boards(), board, school.teacher);
      while (
        client.closeCode === null &&
        sent < 300 &&
        client.socket.readyState === WebSocket.OPEN
      ) {
        sent += 1;
        const mutated = new Uint8Array(update);
        const place = Math.floor(random() * mutated.length);
        mutated[place] = (mutated[place] ?? 0) ^ (1 << Math.floor(random() * 8));
        const cut = random() < 0.3 ? Math.floor(random() * mutated.length) : mutated.length;
        client.sendUpdate(mutated.subarray(0, cut));
        await new Promise((resolve) => setImmediate(resolve));
      }
      client.close();
    }
    await good.sync();
    good.records.set("shape:end", { id: "shape:end" });
    const reader = await openBoard(boards(), board, school.teacher);
    await reader.until(() => reader.records.has("shape:end"));
    expect(reader.records.has("shape:end"), `seed ${seed}`).toBe(true);
    expect(reader.doc.store.pendingStructs, `seed ${seed}`).toBeNull();
    for (const client of [good, reader]) client.close();
  });

  test("an edit that builds on unsent ones is asked for again, and nothing is lost", async () => {
    const board = await newBoard();
    const client = await openBoard(boards(), board, school.teacher);
    client.offline(() => client.records.set("shape:unsent", { id: "shape:unsent" }));
    client.records.set("shape:sent", { id: "shape:sent" });
    const reader = await openBoard(boards(), board, school.teacher);
    await reader.until(
      () => reader.records.has("shape:unsent") && reader.records.has("shape:sent"),
    );
    for (const each of [client, reader]) each.close();
  });

  test("what depends on something that nobody has is not kept", async () => {
    const board = await newBoard();
    const source = new Y.Doc();
    const updates: Uint8Array[] = [];
    source.on("update", (update: Uint8Array) => updates.push(update));
    source.getMap("records").set("a", 1);
    source.getMap("records").set("b", 2);
    const client = await openBoard(boards(), board, school.teacher);
    client.sendUpdate(updates[1] ?? new Uint8Array());
    client.records.set("c", 3);
    const reader = await openBoard(boards(), board, school.teacher);
    await reader.until(() => reader.records.has("c"));
    expect(reader.doc.store.pendingStructs).toBeNull();
    for (const each of [client, reader]) each.close();
  });

  test("[E3] text and unknown frames are faults, and too many of them close the connection", async () => {
    const client = await openBoard(boards(), await newBoard(), school.teacher);
    for (let index = 0; index < 12; index += 1) {
      if (index % 2 === 0) client.socket.send("hello?");
      else client.socket.send(new Uint8Array([5, 1, 2]));
    }
    expect(await client.closed()).toBe(4400);
  });

  test("a frame over the limit closes with 1009", async () => {
    const client = await openBoard(boards(), await newBoard(), school.teacher);
    client.socket.send(new Uint8Array(1024 * 1024 + 1));
    expect(await client.closed()).toBe(1009);
  });

  test("the process is alive after all this, and nobody's ticket is in its log", async () => {
    const answer = await fetch(`http://127.0.0.1:${school.gateway.port}/livez`);
    expect(answer.ok).toBe(true);
    expect(school.gateway.output()).not.toMatch(/ticket=|eyJ/);
  });
});

describe("storing", () => {
  test("[B3] what is told as stored is in the database", async () => {
    const board = await newBoard();
    const gateway = await school.enter(school.teacher);
    const client = await openBoard(boards(), board, school.teacher);
    client.records.set("shape:a", { id: "shape:a" });
    const stored = await gateway.next(
      "boardStored",
      (event) => event.board === board && (event.clocks[client.doc.clientID] ?? 0) >= 1,
    );
    expect(stored.clocks[client.doc.clientID]).toBe(1);
    expect((await storedDocument(board)).getMap("records").has("shape:a")).toBe(true);
    client.records.delete("shape:a");
    await gateway.next("boardStored", (event) =>
      event.deletes.some(([id, clock]) => id === client.doc.clientID && clock === 0),
    );
    expect((await storedDocument(board)).getMap("records").has("shape:a")).toBe(false);
    for (const each of [client, gateway]) each.close();
  });

  test("[B3] a client that returns is told when all that it has is stored", async () => {
    const board = await newBoard();
    const gateway = await school.enter(school.teacher);
    const url = new URL(await boardUrl(boards(), { board, person: school.teacher }));
    const [, payload = ""] = (url.searchParams.get("ticket") ?? "").split(".");
    const { jti } = JSON.parse(Buffer.from(payload, "base64url").toString()) as { jti: string };
    const client = new BoardClient(url.href);
    client.offline(() => client.records.set("shape:offline", { id: "shape:offline" }));
    await client.sync();
    await gateway.next("boardStored", ({ copy }) => copy?.ticket === jti && copy.count === 1);
    expect((await storedDocument(board)).getMap("records").has("shape:offline")).toBe(true);
    for (const each of [client, gateway]) each.close();
  });

  test("after SIGKILL everything told as stored is there, and clients bring the rest", async () => {
    const board = await newBoard();
    const survivors: { client: BoardClient; keys: string[] }[] = [];
    for (let round = 0; round < 3; round += 1) {
      const gateway = await school.enter(school.teacher);
      const client = await openBoard(boards(), board, school.teacher);
      const told = () =>
        Math.max(0, ...gateway.all("boardStored").map((e) => e.clocks[client.doc.clientID] ?? 0));
      const keys: string[] = [];
      while (told() < 20 + round * 15) {
        const key = `shape:${round}-${keys.length}`;
        client.records.set(key, { id: key });
        keys.push(key);
        await gateway.until(() => (told() >= keys.length - 5 ? true : undefined));
      }
      await school.gateway.end("SIGKILL");
      const stored = told();
      await client.closed();
      await school.restart();
      const records = (await storedDocument(board)).getMap("records");
      for (const key of keys.slice(0, stored)) expect(records.has(key), key).toBe(true);
      survivors.push({ client, keys });
    }
    const reader = await openBoard(boards(), board, school.teacher);
    for (const { client, keys } of survivors) {
      // The same copy on a new connection.
      const again = new BoardClient(await boardUrl(boards(), { board, person: school.teacher }));
      again.offline(() => Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(client.doc)));
      await again.sync();
      await reader.until(() => keys.every((key) => reader.records.has(key)));
      again.close();
    }
    reader.close();
  }, 90_000);

  test("a connection ends when its board was removed", async () => {
    const board = await newBoard();
    const client = await openBoard(boards(), board, school.teacher);
    await school.database.database.inSchool(school.database.schoolId, (tx) =>
      tx.query(sql.typeAlias("nothing")`delete from boards where board_id = ${board}`),
    );
    client.records.set("shape:a", { id: "shape:a" });
    expect(await client.closed()).toBe(4403);
  });
});

test("a removed person's board closes at once", async () => {
  const person = school.students[3] ?? school.teacher;
  const teacher = await school.enter(school.teacher);
  const client = await openBoard(boards(), await newBoard(), person);
  await teacher.acked({
    type: "removeParticipant",
    room: school.room,
    participant: person.participantId,
  });
  expect(await client.closed()).toBe(4403);
  const again = await boardUrl(boards(), { board: await newBoard(), person });
  expect(await new BoardClient(again).closed()).toBe(4403);
  teacher.close();
});

test("on SIGTERM boards are closed for a restart and stored first", async () => {
  const board = await newBoard();
  const client = await openBoard(boards(), board, school.teacher);
  for (let index = 0; index < 50; index += 1) client.records.set(`shape:${index}`, { id: index });
  await client.sync();
  expect(await school.gateway.end("SIGTERM")).toBe(0);
  expect(await client.closed()).toBe(1001);
  expect((await storedDocument(board)).getMap("records").size).toBe(50);
});
