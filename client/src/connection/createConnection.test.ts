import { DarasaError, type ResumeTicket, type RoomEvent, type RoomId } from "@darasa/protocol";
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

  test("[R6] 30 s of silence are a dead connection", async () => {
    const { environment, connection } = await setUpOpen();
    environment.pass(20_000);
    environment.socket().say({ type: "head", room, seq: 1 });
    environment.pass(29_999);
    expect(connection.state().name).toBe("open");
    environment.pass(1);
    expect(connection.state().name).toBe("waiting");
    expect(environment.sockets[0]?.isClosed()).toBe(true);
  });

  test("[R6] a page that woke gives a silent connection the time of one word, not more", async () => {
    const { environment, connection } = await setUpOpen();
    environment.pass(5_000);
    environment.network().shown();
    environment.pass(21_999);
    expect(connection.state().name).toBe("open");
    environment.pass(1);
    expect(connection.state().name).toBe("waiting");
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

  test("[C4] comes back after the time that the server named", async () => {
    const { environment, connection } = await setUpOpen();
    environment.socket().say({ type: "goingAway", comeBackInMs: 4_000 });
    environment.socket().cut(1001);
    environment.pass(3_999);
    expect(connection.state()).toMatchObject({ name: "waiting", isRestart: true });
    expect(connection.waitLeftMs()).toBe(1);
    environment.pass(1);
    expect(connection.state().name).toBe("connecting");
  });
});

const hello = (ticket: string) => [JSON.stringify({ type: "hello", ticket })];

/** Tickets of the API are "api-1", "api-2" … */
function setUpResume() {
  let tickets = 0;
  const all = setUp(() => Promise.resolve(`api-${(tickets += 1)}`));
  const { environment, connection } = all;

  /** Opens the newest socket, says the welcome, and answers with what was said as hello. */
  async function open(resume?: ResumeTicket) {
    await settle();
    environment.socket().welcome(resume);
    return environment.socket().sent.slice(0, 1);
  }

  async function start(resume?: ResumeTicket) {
    connection.start();
    await open(resume);
  }

  /** Cuts the newest socket and lets the wait pass. */
  async function cut(code: number) {
    environment.socket().cut(code);
    environment.pass(10_000);
    await settle();
  }
  return { ...all, open, start, cut };
}

describe("[T7] resume tickets", () => {
  const resume = (ticket: string, expiresInSeconds = 900) => ({ ticket, expiresInSeconds });

  test("the welcome's ticket opens the next connection, and no other", async () => {
    const { start, cut, open } = setUpResume();
    await start(resume("r-1"));
    await cut(1006);
    expect(await open()).toEqual(hello("r-1"));
    await cut(1006);
    expect(await open()).toEqual(hello("api-2"));
  });

  test("the newest counts, the others are forgotten", async () => {
    const { environment, start, cut, open } = setUpResume();
    await start(resume("r-1"));
    environment.socket().say({ type: "resumeTicket", ...resume("r-2") });
    await cut(1006);
    expect(await open(resume("r-3"))).toEqual(hello("r-2"));
    await cut(1001);
    expect(await open()).toEqual(hello("r-3"));
  });

  test("a server that could not be reached has not seen it: the next try brings it", async () => {
    const { environment, start, cut, open } = setUpResume();
    await start(resume("r-1"));
    await cut(1006);
    await cut(1006);
    await cut(1006);
    expect(environment.sockets).toHaveLength(4);
    expect(await open()).toEqual(hello("r-1"));
  });

  test("one whose hello was sent is never sent again, though no welcome came", async () => {
    const { environment, start, cut, open } = setUpResume();
    await start(resume("r-1"));
    await cut(1006);
    environment.socket().open();
    expect(environment.socket().sent).toEqual(hello("r-1"));
    await cut(1006);
    expect(await open()).toEqual(hello("api-2"));
  });

  test.each([4401, 4408])("[C3] after close %i the API is asked for a ticket", async (code) => {
    const { start, cut, open } = setUpResume();
    await start(resume("r-1"));
    await cut(code);
    expect(await open()).toEqual(hello("api-2"));
  });

  test("a refused one is made good by one from the API", async () => {
    const { start, cut, open } = setUpResume();
    await start(resume("r-1"));
    await cut(1006);
    await open(undefined);
    await cut(4401);
    expect(await open()).toEqual(hello("api-2"));
  });

  test("one that has run out is not used, whatever anybody does to the clock", async () => {
    const { environment, start, cut, open } = setUpResume();
    await start(resume("r-1", 60));
    environment.setClock(-3_600_000);
    for (let seconds = 0; seconds < 50; seconds += 10) {
      environment.pass(10_000);
      environment.socket().say({ type: "head", room, seq: 1 });
    }
    await cut(1006);
    expect(await open(resume("r-2", 60))).toEqual(hello("api-2"));
    environment.setClock(7_200_000);
    await cut(1006);
    expect(await open()).toEqual(hello("r-2"));
  });

  test("who leaves takes nothing along", async () => {
    const { connection, start, open } = setUpResume();
    await start(resume("r-1"));
    connection.close();
    connection.start();
    expect(await open()).toEqual(hello("api-2"));
  });
});

describe.each([
  ["right", 0],
  ["10 minutes ahead", 600_000],
  ["10 minutes behind", -600_000],
])("a device whose clock is %s", (_, skewMs) => {
  const realMs = 1_000_000;

  async function setUpSkewed() {
    const { environment, connection } = setUp();
    environment.setClock(skewMs);
    connection.start();
    await settle();
    environment.socket().welcome();
    return { environment, connection };
  }

  test("shows the server's time, also after somebody set the clock", async () => {
    const { environment, connection } = await setUpSkewed();
    expect(connection.serverNowMs()).toBe(realMs);
    environment.pass(5_000);
    environment.setClock(-1_234_567);
    expect(connection.serverNowMs()).toBe(realMs + 5_000);
    environment.socket().cut(1006);
    expect(connection.serverNowMs()).toBe(realMs + 5_000);
  });

  test("waits and watches as long as it should while somebody sets the clock", async () => {
    const { environment, connection } = await setUpSkewed();
    environment.setClock(600_000);
    environment.pass(29_999);
    expect(connection.state().name).toBe("open");
    environment.setClock(-600_000);
    environment.pass(1);
    expect(connection.state().name).toBe("waiting");
    expect(connection.waitLeftMs()).toBe(300);
    environment.setClock(600_000);
    environment.pass(299);
    expect(connection.state().name).toBe("waiting");
    environment.pass(1);
    expect(connection.state().name).toBe("connecting");
  });
});
