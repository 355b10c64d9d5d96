import { createTestDatabase, findTestProgram, type TestDatabase } from "@darasa/database/testing";
import { subprotocol, type LiveClassId, type ParticipantId, type RoomId } from "@darasa/protocol";
import { beforeAll, describe, expect, test } from "vitest";
import { createConnection } from "../../client/src/connection/createConnection.ts";
import type { Environment } from "../../client/src/connection/environment.ts";
import { makeMemoryOutboxStore } from "../../client/src/connection/outboxStore.ts";
import { createRoom } from "../../client/src/room/createRoom.ts";
import {
  startToxiproxy,
  type ToxicWay,
  type Toxiproxy,
} from "../../realtime/test/support/toxiproxy.ts";
import { Connection, RoomLog } from "../conformance/client.mjs";
import { readMessageIds } from "../faults/readMessageIds.ts";
import { fillSchool, type LoadPerson, type LoadRoom } from "../school/fillSchool.ts";
import { makeTicketKey, startNode, type GatewayNode } from "../school/gatewayNode.ts";
import { signTicket } from "../school/signTicket.ts";

const program = findTestProgram("toxiproxy");
const isMissing = "missing" in program;
const title = ["[M2]", ...(isMissing ? [`(skipped: ${program.missing})`] : [])].join(" ");
/** What is cut of an answer: all of it, and its second half. */
const cuts = [0, 30];
const toldAfterJoin = ["presence", "waitingRoom"] as const;

describe.skipIf(isMissing)(title, () => {
  const ticketKey = makeTicketKey();
  let database: TestDatabase;
  let toxiproxy: Toxiproxy;
  let node: GatewayNode;
  /** Between the gateway's writer and Postgres, and between people and the gateway. */
  let postgresWay: ToxicWay;
  let gatewayWay: ToxicWay;
  let rooms: readonly LoadRoom[];
  beforeAll(async () => {
    if ("missing" in program) return;
    database = await createTestDatabase();
    toxiproxy = await startToxiproxy(program.path);
    postgresWay = await toxiproxy.wayTo(Number(new URL(database.writerUrl).port));
    const writerUrl = new URL(database.writerUrl);
    writerUrl.port = String(postgresWay.port);
    const places = { appUrl: database.appUrl, writerUrl: writerUrl.href };
    node = await startNode({ database: places, ticketKey });
    gatewayWay = await toxiproxy.wayTo(node.port);
    ({ rooms } = await fillSchool(database.superuserUrl, [{ rooms: 3, size: 2 }]));
    return async () => {
      await node.end("SIGKILL");
      await toxiproxy.stop();
      await database.drop();
    };
  });

  const urlOf = ({ port }: { readonly port: number }) => `ws://127.0.0.1:${port}/ws`;

  async function enter(url: string, room: LoadRoom, person: LoadPerson | undefined) {
    if (person === undefined) throw new Error("The room is empty");
    const connection = await Connection.open(url, signTicket(ticketKey, person));
    const { roomId, liveClassId } = room;
    await connection.done({ type: "joinRoom", room: roomId, liveClass: liveClassId, since: 0 });
    await connection.next(({ type, done }) => type === "replay" && done === true);
    return connection;
  }

  /** What a teacher is told after the join is not to be what the cut falls into. */
  async function enterAsTeacher(url: string, room: LoadRoom) {
    const connection = await enter(url, room, room.members[0]);
    for (const told of toldAfterJoin) await connection.next(({ type }) => type === told);
    return connection;
  }

  const stored = (room: LoadRoom) => readMessageIds(database.superuserUrl, room);

  test("a message whose ack was cut off is stored once, and a foreign client's resend gets the same seq", async () => {
    const room = rooms[0] as LoadRoom;
    for (const [index, bytes] of cuts.entries()) {
      const message = { type: "sendMessage", id: `cut-${bytes}`, room: room.roomId, body: "once" };
      const sender = await enterAsTeacher(urlOf(gatewayWay), room);
      await gatewayWay.cutAnswerAfter(bytes);
      sender.sendFrame(JSON.stringify(message));
      await sender.closed();
      expect(sender.heard.some(({ id }) => id === message.id)).toBe(false);
      const kept = { id: message.id, seq: index + 1 };
      await expect.poll(() => stored(room)).toContainEqual(kept);

      await gatewayWay.heal();
      const again = await enter(urlOf(gatewayWay), room, room.members[0]);
      expect(await again.done(message)).toMatchObject({ seq: kept.seq });
      expect(await stored(room)).toHaveLength(kept.seq);
      const log = new RoomLog().take(again.heard, room.roomId);
      expect(log).toMatchObject({ faults: [], lastSeq: kept.seq });
      again.close();
    }
  });

  test("a message whose ack was cut off is shown once by our own client, and waits no more", async () => {
    const room = rooms[1] as LoadRoom;
    const shown = openRoom(urlOf(gatewayWay), ticketKey, room);
    const told = new Set<string>();
    shown.onEvent(({ type }) => told.add(type));
    for (const [index, bytes] of cuts.entries()) {
      await expect.poll(() => shown.state().status.name).toBe("joined");
      await expect.poll(() => toldAfterJoin.every((type) => told.has(type))).toBe(true);
      told.clear();
      await gatewayWay.cutAnswerAfter(bytes);
      shown.outbox.write(`written ${index}`);
      await expect.poll(() => shown.connection.state().name).not.toBe("open");
      await expect.poll(() => stored(room)).toHaveLength(index + 1);
      await gatewayWay.heal();
      await expect.poll(() => shown.outbox.messages()).toEqual([]);
      await expect.poll(() => shown.state().status.name).toBe("joined");
      const seen = shown.state().chat.messages.map(({ clientId: id, seq }) => ({ id, seq }));
      expect(seen).toEqual(await stored(room));
    }
    shown.close();
  });

  test("a commit whose answer was cut off acks nothing, and a resend gets the seq that it has", async () => {
    const room = rooms[2] as LoadRoom;
    const [sender, listener] = [
      await enter(urlOf(node), room, room.members[0]),
      await enter(urlOf(node), room, room.members[1]),
    ];
    const message = (id: string) => ({ type: "sendMessage", id, room: room.roomId, body: id });
    for (const [index, bytes] of cuts.entries()) {
      await sender.done(message(`before-${bytes}`));
      await postgresWay.cutAnswerAfter(bytes);
      const answer = await sender.ask(message(`cut-${bytes}`));
      expect(answer).toMatchObject({ type: "error", code: "unavailable", retryable: true });
      const kept = { id: `cut-${bytes}`, seq: 2 * index + 2 };
      expect((await stored(room)).at(-1)).toEqual(kept);

      await postgresWay.heal();
      await expect
        .poll(() => sender.ask(message(`cut-${bytes}`)))
        .toMatchObject({ type: "ack", result: { seq: kept.seq } });
      expect(await stored(room)).toHaveLength(kept.seq);
    }
    // To the others it was told once, although nobody was told that it was stored.
    const last = await sender.done(message("after"));
    await listener.next(({ type, seq }) => type === "chatMessage" && seq === last["seq"]);
    const log = new RoomLog().take(listener.heard, room.roomId);
    expect(log).toMatchObject({ faults: [], lastSeq: 2 * cuts.length + 1 });
    for (const each of [sender, listener]) each.close();
  });
});

/** The room as our client has it in a browser, by the way that `url` is. */
function openRoom(url: string, ticketKey: Uint8Array, { members, ...room }: LoadRoom) {
  const [person] = members;
  if (person === undefined) throw new Error("The room is empty");
  const environment = nodeEnvironment(url);
  const connection = createConnection({
    getTicket: () => Promise.resolve(signTicket(ticketKey, person)),
    environment,
  });
  const shown = createRoom({
    connection,
    roomId: room.roomId as RoomId,
    liveClassId: room.liveClassId as LiveClassId,
    me: {
      participantId: person.participantId as ParticipantId,
      name: person.name,
      role: "teacher",
    },
    outboxStore: makeMemoryOutboxStore(),
    loadMessages: () => Promise.resolve([]),
    environment,
  });
  connection.start();
  return shown;
}

/** What the client has of a browser, as Node has it. */
function nodeEnvironment(url: string): Environment {
  return {
    now: Date.now,
    steadyMs: () => performance.now(),
    random: Math.random,
    newId: () => crypto.randomUUID(),
    after(delayMs, run) {
      const timer = setTimeout(run, delayMs);
      return () => clearTimeout(timer);
    },
    openSocket({ opened, heard, closed }) {
      const socket = new WebSocket(url, subprotocol);
      let isOver = false;
      const end = (code: number) => {
        if (!isOver) closed(code);
        isOver = true;
      };
      socket.addEventListener("open", () => opened());
      socket.addEventListener("message", ({ data }: MessageEvent<string>) => heard(data));
      socket.addEventListener("close", ({ code }) => end(code));
      // Node 22 tells of a connection that was refused by this event alone.
      socket.addEventListener("error", () => end(1006));
      return {
        send: (text) => socket.send(text),
        close() {
          isOver = true;
          socket.close();
        },
      };
    },
    isOnline: () => true,
    watchNetwork: () => () => undefined,
  };
}
