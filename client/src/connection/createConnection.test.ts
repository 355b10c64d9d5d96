import { DarasaError, type RoomEvent, type RoomId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import { createConnection } from "./createConnection.ts";
import { makeFakeEnvironment, settle } from "./test/fakeEnvironment.ts";

const room = "00000000-0000-4000-8000-000000000001" as RoomId;

function setUp(getTicket = () => Promise.resolve("ticket")) {
  const environment = makeFakeEnvironment();
  const connection = createConnection({ getTicket, environment });
  return { environment, connection };
}

async function setUpOpen() {
  const all = setUp();
  all.connection.start();
  await settle();
  all.environment.socket().welcome();
  return all;
}

describe("createConnection", () => {
  test("[H1] the first frame is the hello with a fresh ticket", async () => {
    let tickets = 0;
    const { environment, connection } = setUp(() => Promise.resolve(`ticket-${(tickets += 1)}`));
    connection.start();
    await settle();
    environment.socket().open();
    expect(environment.socket().sent).toEqual(['{"type":"hello","ticket":"ticket-1"}']);
    expect(connection.state().name).toBe("helloSent");
    environment.socket().cut(1006);
    environment.pass(10_000);
    await settle();
    environment.socket().open();
    expect(environment.socket().sent).toEqual(['{"type":"hello","ticket":"ticket-2"}']);
  });

  test("[D1] a command is answered by its ack, or refused with the server's code", async () => {
    const { environment, connection } = await setUpOpen();
    const acked = connection.send({ type: "sendMessage", room, body: "Is x = 4?" }, { id: "c-1" });
    const refused = connection.send({ type: "raiseHand", room });
    const [, second] = environment.socket().commands();
    environment.socket().say(
      {
        type: "error",
        id: second?.id ?? "",
        code: "rate_limited",
        retryable: true,
        retryAfterMs: 400,
      },
      { type: "ack", id: "c-1", result: { seq: 1, messageId: "m", sentAtMs: 5 } },
    );
    await expect(acked).resolves.toEqual({ seq: 1, messageId: "m", sentAtMs: 5 });
    await expect(refused).rejects.toMatchObject({
      code: "rate_limited",
      retryable: true,
      retryAfterMs: 400,
    });
  });

  test("what the server said after an ack is told after it", async () => {
    const { environment, connection } = await setUpOpen();
    const order: string[] = [];
    connection.onEvent((event) => order.push(event.type));
    const acked = () => order.push("ack");
    void connection.send({ type: "raiseHand", room }, { id: "c-1", acked });
    environment
      .socket()
      .say({ type: "ack", id: "c-1", result: {} }, { type: "head", room, seq: 1 });
    expect(order).toEqual(["ack", "head"]);
  });

  test("without an answer for 10 s a command fails with timeout, and a late answer is nothing", async () => {
    const { environment, connection } = await setUpOpen();
    const asked = connection.send({ type: "raiseHand", room }, { id: "c-1" });
    const failed = expect(asked).rejects.toMatchObject({ code: "timeout", retryable: true });
    environment.pass(10_000);
    await failed;
    environment.socket().say({ type: "ack", id: "c-1", result: {} });
  });

  test("a lost connection fails what was not answered, and what is asked while it is away", async () => {
    const { environment, connection } = await setUpOpen();
    const asked = connection.send({ type: "raiseHand", room });
    const failed = expect(asked).rejects.toMatchObject({ code: "disconnected" });
    environment.socket().cut(1006);
    await failed;
    await expect(connection.send({ type: "raiseHand", room })).rejects.toMatchObject({
      code: "disconnected",
    });
  });

  test("[F4] events of one frame are told in order", async () => {
    const { environment, connection } = await setUpOpen();
    const heard: RoomEvent[] = [];
    connection.onEvent((event) => heard.push(event));
    environment.socket().say({ type: "head", room, seq: 1 }, { type: "head", room, seq: 2 });
    expect(heard).toEqual([
      { type: "head", room, seq: 1 },
      { type: "head", room, seq: 2 },
    ]);
  });

  test("[R6] 25 s of silence are a dead connection", async () => {
    const { environment, connection } = await setUpOpen();
    environment.pass(20_000);
    environment.socket().say({ type: "head", room, seq: 1 });
    environment.pass(24_999);
    expect(connection.state().name).toBe("open");
    environment.pass(1);
    expect(connection.state().name).toBe("waiting");
    expect(environment.sockets[0]?.isClosed()).toBe(true);
  });

  test("a page that slept notices at once that the connection died meanwhile", async () => {
    const { environment, connection } = await setUpOpen();
    environment.network().shown();
    expect(connection.state().name).toBe("open");
    environment.network().offline();
    expect(connection.state().name).toBe("waiting");
    environment.network().shown();
    expect(connection.state().name).toBe("connecting");
  });

  test("a network that is back is tried at once", async () => {
    const { environment, connection } = await setUpOpen();
    environment.network().offline();
    expect(connection.state()).toMatchObject({ name: "waiting", online: false });
    environment.network().online();
    await settle();
    environment.socket().welcome();
    expect(connection.state()).toMatchObject({ name: "open", online: true });
  });

  test("a welcome that does not come within 15 s counts as lost", async () => {
    const { environment, connection } = setUp();
    connection.start();
    await settle();
    environment.socket().open();
    environment.pass(15_000);
    expect(connection.state().name).toBe("waiting");
  });

  test("a ticket that comes after its try was given up opens nothing", async () => {
    let give: (ticket: string) => void = () => undefined;
    const { environment, connection } = setUp(() => new Promise((resolve) => (give = resolve)));
    connection.start();
    connection.close();
    give("late");
    await settle();
    expect(environment.sockets).toEqual([]);
  });

  test("somebody who is signed out is not asked for ever", async () => {
    const { connection } = setUp(() => Promise.reject(new DarasaError("unauthenticated")));
    connection.start();
    await settle();
    expect(connection.state()).toMatchObject({ name: "closed", reason: "unauthenticated" });
  });

  test("an API that cannot be reached is tried again", async () => {
    const { connection } = setUp(() => Promise.reject(new TypeError("Failed to fetch")));
    connection.start();
    await settle();
    expect(connection.state().name).toBe("waiting");
  });

  test("[C1] replaced by another window: stays away until the person wants it back", async () => {
    const { environment, connection } = await setUpOpen();
    environment.socket().cut(4409);
    environment.pass(60_000);
    expect(connection.state()).toMatchObject({ name: "closed", reason: "replaced" });
    expect(environment.isWatched()).toBe(false);
    connection.start();
    await settle();
    environment.socket().welcome();
    expect(connection.state().name).toBe("open");
    expect(environment.isWatched()).toBe(true);
  });
});
