import type { BoardId, Command, CommandType, ServerMessage, SessionId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { createConnection } from "../connection/createConnection.ts";
import { makeMemoryOutboxStore } from "../connection/outboxStore.ts";
import { makeFakeEnvironment, settle, worthless } from "../connection/test/fakeEnvironment.ts";
import type { MeshEvent } from "../media/signallingPort.ts";
import { createRoom } from "./createRoom.ts";
import {
  amina,
  liveClassId,
  makeId,
  makeJoinAck,
  makeMessage,
  makeMessages,
  me,
  roomId,
} from "./test/roomFixtures.ts";

function setUp() {
  const environment = makeFakeEnvironment();
  const connection = createConnection({ getTicket: () => Promise.resolve("t"), environment });
  const loads: number[] = [];
  const room = createRoom({
    connection,
    roomId,
    liveClassId,
    me: { participantId: me, name: "Neema Kimaro", role: "student" },
    outboxStore: makeMemoryOutboxStore(),
    loadMessages: (beforeSeq) => {
      loads.push(beforeSeq);
      return Promise.resolve(makeMessages(1, beforeSeq - 1));
    },
    environment,
  });
  let sessions = 0;

  /** Lets the connection open as a new session. */
  async function open() {
    await settle();
    environment.socket().open();
    environment.socket().say({
      type: "welcome",
      sessionId: makeId((sessions += 1)) as SessionId,
      participantId: me,
      name: "Neema Kimaro",
      serverTimeMs: environment.now(),
      resume: worthless,
    });
  }

  const commands = () => environment.socket().commands();
  function last<Type extends CommandType>(type: Type): Extract<Command, { type: Type }> {
    const found = commands().findLast((command) => command.type === type);
    if (found === undefined) throw new Error(`no ${type} was sent`);
    return found as Extract<Command, { type: Type }>;
  }
  const say = (...messages: ServerMessage[]) => environment.socket().say(...messages);
  const ackJoin = (change = {}, ...then: ServerMessage[]) =>
    say({ type: "ack", id: last("joinRoom").id, result: makeJoinAck(change) }, ...then);

  async function join(change = {}) {
    connection.start();
    await open();
    ackJoin(change);
    await settle();
  }

  async function reconnect() {
    environment.socket().cut(1006);
    await settle();
    environment.pass(10_000);
    await open();
  }

  return {
    environment,
    connection,
    room,
    loads,
    open,
    commands,
    last,
    say,
    ackJoin,
    join,
    reconnect,
  };
}

const seqs = (room: ReturnType<typeof setUp>["room"]) =>
  room.state().chat.messages.map((message) => message.seq);

describe("createRoom", () => {
  test("[R2] joins the live class when the connection opens", async () => {
    const { last, room, join } = setUp();
    await join({ headSeq: 2, recent: makeMessages(1, 2) });
    expect(last("joinRoom")).toMatchObject({ room: roomId, liveClass: liveClassId });
    expect("since" in last("joinRoom")).toBe(false);
    expect(room.state().status.name).toBe("joined");
    expect(seqs(room)).toEqual([1, 2]);
  });

  test("[R4] comes back with since, and nothing is lost though all comes in one frame", async () => {
    const { last, room, join, reconnect, ackJoin } = setUp();
    await join({ headSeq: 2, recent: makeMessages(1, 2) });
    await reconnect();
    expect(room.state().status.name).toBe("left");
    expect(last("joinRoom").since).toBe(2);
    ackJoin(
      { headSeq: 4 },
      { type: "replay", room: roomId, messages: makeMessages(3, 4), done: true },
      { type: "chatMessage", room: roomId, ...makeMessage(5) },
    );
    expect(seqs(room)).toEqual([1, 2, 3, 4, 5]);
    expect(room.state().chat.isReplaying).toBe(false);
  });

  test("[R7] joins again for a hole that lasts, and not for one that closes by itself", async () => {
    const { environment, commands, join, say, last } = setUp();
    await join({ headSeq: 2, recent: makeMessages(1, 2) });
    say({ type: "chatMessage", room: roomId, ...makeMessage(4) });
    environment.pass(500);
    say({ type: "chatMessage", room: roomId, ...makeMessage(3) });
    environment.pass(5_000);
    expect(commands().filter(({ type }) => type === "joinRoom")).toHaveLength(1);
    say({ type: "head", room: roomId, seq: 6 });
    environment.pass(800);
    expect(last("joinRoom").since).toBe(4);
    environment.pass(5_000);
    expect(commands().filter(({ type }) => type === "joinRoom")).toHaveLength(2);
  });

  test("[D3] asks for no board ticket between the welcome and the join", async () => {
    const { room, join, reconnect, ackJoin, last, say } = setUp();
    const board = makeId(7) as BoardId;
    await join();
    await reconnect();
    await expect(room.getBoardTicket(board)).rejects.toMatchObject({ retryable: true });
    ackJoin();
    const ticket = room.getBoardTicket(board);
    say({
      type: "ack",
      id: last("getBoardTicket").id,
      result: { ticket: "t", expiresInSeconds: 30 },
    });
    await expect(ticket).resolves.toBe("t");
  });

  test("tells of every join, and of nothing else that happens in the room", async () => {
    const { room, join, say, reconnect, ackJoin } = setUp();
    let joins = 0;
    room.onJoined(() => (joins += 1));
    await join();
    say({ type: "chatMessage", room: roomId, ...makeMessage(1) });
    say({ type: "presence", room: roomId, present: [], gone: [amina], count: 1 });
    expect(joins).toBe(1);
    await reconnect();
    expect(joins).toBe(1);
    ackJoin({ headSeq: 1 });
    expect(joins).toBe(2);
  });

  test("events of other rooms are none of this one's", async () => {
    const { join, say, room } = setUp();
    await join();
    say({ type: "chatMessage", room: makeId(5) as never, ...makeMessage(1) });
    expect(seqs(room)).toEqual([]);
  });

  test("[M1] one's own message is there while it is sent, and once when it is stored", async () => {
    const { join, say, room, last } = setUp();
    await join();
    room.outbox.write("Is x = 4?");
    expect(room.outbox.messages()).toMatchObject([{ body: "Is x = 4?", state: "sending" }]);
    const { id } = last("sendMessage");
    const own = makeMessage(1, { senderId: me, clientId: id, body: "Is x = 4?" });
    say(
      { type: "ack", id, result: { seq: 1, messageId: own.messageId, sentAtMs: own.sentAtMs } },
      { type: "chatMessage", room: roomId, ...own },
    );
    await settle();
    expect(room.outbox.messages()).toEqual([]);
    expect(room.state().chat.messages).toMatchObject([{ body: "Is x = 4?", clientId: id }]);
  });

  test("[M5] what is written while the network is away is sent after the next join, under its id", async () => {
    const { join, reconnect, room, last, commands, ackJoin, environment } = setUp();
    await join();
    room.outbox.write("first");
    const { id } = last("sendMessage");
    environment.socket().cut(1006);
    await settle();
    room.outbox.write("second");
    environment.pass(10_000);
    await reconnect();
    expect(commands().some(({ type }) => type === "sendMessage")).toBe(false);
    ackJoin();
    expect(last("sendMessage")).toMatchObject({ id, body: "first" });
  });

  test("a message that another window of this person sent is not sent again", async () => {
    const { environment, join, say, room, last } = setUp();
    await join();
    room.outbox.write("mine");
    const clientId = last("sendMessage").id;
    say({ type: "chatMessage", room: roomId, ...makeMessage(1, { senderId: me, clientId }) });
    expect(room.outbox.messages()).toEqual([]);
    environment.pass(60_000);
    expect(room.state().chat.messages).toHaveLength(1);
  });

  test("a join that cannot be answered now is asked again; one that is refused is not", async () => {
    const { environment, connection, open, say, last, commands, room } = setUp();
    connection.start();
    await open();
    const error = (code: "unavailable" | "class_ended") =>
      say({ type: "error", id: last("joinRoom").id, code, retryable: code === "unavailable" });
    error("unavailable");
    await settle();
    environment.pass(600);
    expect(commands().filter(({ type }) => type === "joinRoom")).toHaveLength(2);
    error("class_ended");
    await settle();
    environment.pass(60_000);
    expect(room.state().status).toEqual({ name: "ended", reason: null });
    expect(commands().filter(({ type }) => type === "joinRoom")).toHaveLength(2);
  });

  test("earlier messages are asked for before the first one shown", async () => {
    const { join, room, loads } = setUp();
    await join({ headSeq: 4, recent: makeMessages(4, 4) });
    await room.loadEarlier();
    expect(loads).toEqual([4]);
    expect(seqs(room)).toEqual([1, 2, 3, 4]);
  });

  test("[V2] the mesh hears of its people, of the loss of the gateway and of its return", async () => {
    const { join, reconnect, ackJoin, say, room, environment } = setUp();
    await join();
    const heard: MeshEvent[] = [];
    room.signalling.onMeshEvent((event) => heard.push(event));
    expect(room.signalling.sessionId).toBe(makeId(1));
    const other = makeId(77) as SessionId;
    say(
      { type: "meshJoined", room: roomId, sessionId: other, participantId: amina },
      { type: "signal", room: roomId, from: other, signal: { candidate: null } },
      { type: "meshLeft", room: roomId, sessionId: other },
    );
    await reconnect();
    ackJoin();
    expect(room.signalling.sessionId).toBe(makeId(2));
    expect(heard).toEqual([
      { type: "joined", member: { sessionId: other, participantId: amina } },
      { type: "signal", from: other, signal: { candidate: null } },
      { type: "left", sessionId: other },
      { type: "disconnected" },
      { type: "reconnected" },
    ]);
    expect(environment.sockets).toHaveLength(2);
  });

  test("[V5] which tracks are on is told again after a reconnect", async () => {
    const { join, reconnect, ackJoin, room, last } = setUp();
    await join();
    room.signalling.setMedia({ microphone: true, camera: false, screen: false });
    await reconnect();
    ackJoin();
    expect(last("setMedia")).toMatchObject({ microphone: true, camera: false, screen: false });
  });

  test("[V1] a full mesh refuses with its code, a lost connection with unavailable", async () => {
    const { join, say, room, last, environment } = setUp();
    await join();
    const full = room.signalling.joinMesh();
    say({ type: "error", id: last("joinMesh").id, code: "mesh_full", retryable: true });
    await expect(full).rejects.toMatchObject({ name: "DarasaError", code: "mesh_full" });
    environment.socket().cut(1006);
    await expect(room.signalling.joinMesh()).rejects.toMatchObject({ code: "unavailable" });
    await expect(room.signalling.leaveMesh()).resolves.toBeUndefined();
  });

  test("[D3] the mesh is asked for in a room that is joined, and is told when it is", async () => {
    const { connection, open, ackJoin, reconnect, commands, last, say, room } = setUp();
    const heard: string[] = [];
    room.signalling.onMeshEvent((event) => heard.push(event.type));
    const refused = () =>
      expect(room.signalling.joinMesh()).rejects.toMatchObject({ code: "unavailable" });
    connection.start();
    await open();
    await refused();
    ackJoin();
    expect(heard).toEqual(["reconnected"]);
    await reconnect();
    await refused();
    expect(commands().map(({ type }) => type)).not.toContain("joinMesh");
    ackJoin();
    expect(heard).toEqual(["reconnected", "disconnected", "reconnected"]);
    const entered = room.signalling.joinMesh();
    say({ type: "ack", id: last("joinMesh").id, result: { members: [] } });
    await expect(entered).resolves.toEqual([]);
  });

  test("[B3] boards hear of boards only", async () => {
    const { join, say, room } = setUp();
    await join();
    const heard: string[] = [];
    const stop = room.onBoardEvent((event) => heard.push(event.type));
    const board = makeId(50) as never;
    say(
      { type: "head", room: roomId, seq: 0 },
      { type: "boardRights", room: roomId, board, mayDraw: true },
    );
    stop();
    say({ type: "boardRights", room: roomId, board, mayDraw: false });
    expect(heard).toEqual(["boardRights"]);
  });

  test("after close nothing comes back", async () => {
    const { join, room, environment } = setUp();
    await join();
    room.close();
    environment.pass(60_000);
    expect(environment.sockets).toHaveLength(1);
    expect(environment.socket().isClosed()).toBe(true);
  });
});
