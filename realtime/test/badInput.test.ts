import { closeReasons, limits } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createUwsTransport } from "../src/transport/uws.ts";
import { createWsTransport } from "../src/transport/ws.ts";
import { startLocalSchool, type LocalSchool } from "./support/localSchool.ts";
import type { TestClient } from "./support/testClient.ts";

const nested = `${'{"a":'.repeat(200)}1${"}".repeat(200)}`;
const malformed: [string, string][] = [
  ["nothing", ""],
  ["null", "null"],
  ["a number", "1e999"],
  ["an array", "[]"],
  ["half of an object", '{"type":"raiseHand"'],
  ["two objects", "{}{}"],
  ["no type", '{"id":"1"}'],
  ["a type that is a number", '{"type":1,"id":"1"}'],
  ["an unknown type", '{"type":"sing","id":"1"}'],
  ["hello again", '{"type":"hello","ticket":"x"}'],
  ["a type of the prototype", '{"type":"__proto__","id":"1"}'],
  ["no id", '{"type":"raiseHand","room":"R"}'],
  ["an id that is too long", `{"type":"raiseHand","id":"${"x".repeat(65)}","room":"R"}`],
  ["an id that is an object", '{"type":"raiseHand","id":{},"room":"R"}'],
  ["a room that is none", '{"type":"raiseHand","id":"1","room":"../../etc"}'],
  ["a room in upper case", '{"type":"raiseHand","id":"1","room":"R".toUpperCase()}'],
  ["a negative since", '{"type":"joinRoom","id":"1","room":"R","liveClass":null,"since":-1}'],
  [
    "a since beyond all numbers",
    '{"type":"joinRoom","id":"1","room":"R","liveClass":null,"since":1e300}',
  ],
  ["text for a switch", '{"type":"setPermissions","id":"1","room":"R","chatLocked":"yes"}'],
  ["an empty message", '{"type":"sendMessage","id":"1","room":"R","body":"  "}'],
  ["deep nesting", nested],
  ["the same key twice", '{"type":"raiseHand","type":"sing","id":"1","room":"R"}'],
  ["a type in the prototype", '{"__proto__":{"type":"raiseHand"},"id":"1","room":"R"}'],
  ["a type that every object has", '{"type":"constructor","id":"1","room":"R"}'],
  ["an id beyond all numbers", '{"type":"raiseHand","id":1e999,"room":"R"}'],
  ["a NUL in the room", '{"type":"raiseHand","id":"1","room":"R\\u0000"}'],
  ["a byte order mark", '\ufeff{"type":"raiseHand","id":"1","room":"R"}'],
];

describe.each([
  ["uWebSockets.js", createUwsTransport],
  ["ws", createWsTransport],
])("on %s", (_, createTransport) => {
  let school: LocalSchool;
  beforeAll(async () => {
    school = await startLocalSchool({ createTransport });
  });
  afterAll(async () => {
    expect(school.complaints).toEqual([]);
    await school.stop();
  });

  const greeting = () => ({ type: "sendMessage", room: school.room, body: "still there" }) as const;

  async function expectAlive(client: TestClient): Promise<void> {
    await client.acked(greeting());
  }

  test.each(malformed)(
    "[E2] %s is answered with bad_frame, and the session goes on",
    async (_name, frame) => {
      const client = await school.enter(school.teacher);
      client.sendRaw(frame.replace('"R"', `"${school.room}"`));
      const error = await client.next("error");
      expect(error).toMatchObject({ code: "bad_frame", retryable: false });
      await client.acked({ type: "lowerHand", room: school.room, participant: null });
      client.close();
    },
  );

  test("[E3] faults up to the limit are survived, one more is not", async () => {
    const client = await school.enter(school.students[0]);
    for (let fault = 0; fault < limits.maxFaultsPerMinute; fault += 1) client.sendRaw("{");
    await expectAlive(client);
    client.sendRaw("{");
    expect(await client.closed()).toBe(closeReasons.bad_frame.code);
  });

  test("[E2] a command in bytes is not one, and changes nothing", async () => {
    const client = await school.enter(school.guest);
    const { room } = school;
    client.sendRaw(Buffer.from(JSON.stringify({ type: "raiseHand", id: "1", room })));
    expect(await client.next("error")).toMatchObject({ id: null, code: "bad_frame" });
    const late = await school.connect(school.teacher);
    const { participants } = await late.acked({
      type: "joinRoom",
      room,
      liveClass: school.liveClass,
    });
    const guest = participants.find((each) => each.participantId === school.guest.participantId);
    expect(guest?.handRaisedAtMs).toBeNull();
    for (const each of [client, late]) each.close();
  });

  test("[F3] a frame beyond the limit is told so, one far beyond it ends without a word", async () => {
    const big = await school.enter(school.guest);
    big.sendRaw("x".repeat(limits.maxFrameBytes + 1));
    expect(await big.closed()).toBe(closeReasons.frame_too_large.code);
    expect(big.all("error")).toMatchObject([{ code: "too_large" }]);
    const huge = await school.enter(school.guest);
    huge.sendRaw("x".repeat(limits.maxFrameBytes * 4 + 1));
    expect([1006, 1009]).toContain(await huge.closed());
    expect(huge.all("error")).toEqual([]);
  });

  test("[M3] text with NUL is refused and hurts nobody else in its batch", async () => {
    const [one, two] = [
      await school.enter(school.students[1]),
      await school.enter(school.students[2]),
    ];
    const nul = one.refused({ ...greeting(), body: "a\0b" });
    const good = two.acked(greeting());
    expect(await nul).toBe("bad_request");
    await good;
  });

  test("[M3] a lone surrogate is stored and shown as the same replacement to all", async () => {
    const client = await school.enter(school.students[3] ?? school.teacher);
    const { seq } = await client.acked({ ...greeting(), body: "a\ud800b" });
    const live = await client.next("chatMessage", (event) => event.seq === seq);
    const { liveClass, room } = school;
    const late = await school.connect(school.teacher);
    const { recent } = await late.acked({ type: "joinRoom", room, liveClass });
    expect(recent.find((each) => each.seq === seq)?.body).toBe(live.body);
    expect(live.body).toBe("a\ufffdb");
  });

  test("commands that come right behind the hello are begun in order", async () => {
    const client = await school.connect(school.students[4] ?? school.teacher);
    const joined = client.acked({
      type: "joinRoom",
      room: school.room,
      liveClass: school.liveClass,
    });
    client.sendRaw("{");
    await joined;
    await client.next("error");
    await expectAlive(client);
  });

  test("the pages tell how it is", async () => {
    const page = async (path: string, method = "GET") => {
      const answer = await fetch(`http://127.0.0.1:${String(school.gateway.port)}${path}`, {
        method,
      });
      return [answer.status, await answer.text()] as const;
    };
    expect(await page("/livez")).toEqual([200, "alive\n"]);
    expect(await page("/readyz")).toEqual([200, "ready\n"]);
    const [status, figures] = await page("/metrics");
    expect(status).toBe(200);
    for (const name of [
      "darasa_sockets",
      "darasa_sessions",
      "darasa_rooms 1",
      'darasa_ack_seconds_count{command="sendMessage"}',
      'darasa_refusals_total{code="bad_frame"}',
      'darasa_closes_total{cause="bad_frame"} 1',
      "nodejs_eventloop_lag_p99_seconds",
    ]) {
      expect(figures).toContain(name);
    }
    expect((await page("/metrics", "POST"))[0]).toBe(405);
    expect((await page("/etc/passwd"))[0]).toBe(404);
  });
});
