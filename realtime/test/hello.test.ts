import { once } from "node:events";
import { closeReasons, limits } from "@darasa/protocol";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import WebSocket from "ws";
import { signBoardTicketFor, signGatewayTicket } from "./support/signTicket.ts";
import { TestClient } from "./support/testClient.ts";
import { startTestSchool, type TestSchool } from "./support/testSchool.ts";

let school: TestSchool;
beforeAll(async () => {
  school = await startTestSchool();
});
afterAll(() => school.stop());

const refusedCode = closeReasons.unauthenticated.code;

async function closeCodeAfter(firstFrame: string | Uint8Array): Promise<number> {
  const client = new TestClient(school.gateway.port);
  await once(client.socket, "open");
  client.sendRaw(firstFrame);
  return client.closed();
}

const hello = (ticket: string) => JSON.stringify({ type: "hello", ticket });
const ticketOf = (plan: Partial<Parameters<typeof signGatewayTicket>[1]> = {}) =>
  signGatewayTicket(school.gateway.ticketKey, { ...school.teacher, ...plan });

test("[H2] a good ticket is welcomed with who one is", async () => {
  const client = await school.connect(school.teacher);
  const [welcome] = client.all("welcome");
  expect(welcome).toMatchObject({
    participantId: school.teacher.participantId,
    name: school.teacher.name,
  });
  client.close();
});

describe("[T4] every bad ticket is refused alike", () => {
  test.each<[string, () => Promise<string>]>([
    ["garbage", () => Promise.resolve("garbage")],
    ["another key", () => signGatewayTicket(new Uint8Array(32), school.teacher)],
    ["expired", () => ticketOf({ issuedAtMs: Date.now() - 60_000 })],
    ["[T3] from before the start", () => ticketOf({ issuedAtMs: Date.now() - 25_000 })],
    [
      "for boards",
      () =>
        signBoardTicketFor(school.gateway.ticketKey, school.teacher, {
          document: school.room,
          room: school.room,
          liveClass: null,
        }),
    ],
    ["another issuer", () => ticketOf({ claims: { iss: "somebody" } })],
    ["no end", () => ticketOf({ claims: { exp: undefined } })],
    ["an end far away", () => ticketOf({ claims: { exp: 9_999_999_999, iat: 1 } })],
    ["no person", () => ticketOf({ claims: { sub: undefined } })],
    ["no school", () => ticketOf({ claims: { school: undefined } })],
    [
      "alg none",
      async () => {
        const [, payload] = (await ticketOf()).split(".");
        return `${Buffer.from('{"alg":"none","typ":"JWT"}').toString("base64url")}.${String(payload)}.`;
      },
    ],
  ])("%s", async (_, make) => {
    expect(await closeCodeAfter(hello(await make()))).toBe(refusedCode);
  });

  test("[T2] of fifty that redeem one ticket at once exactly one is welcomed", async () => {
    const ticket = await ticketOf();
    const clients = Array.from({ length: 50 }, () => new TestClient(school.gateway.port));
    await Promise.all(clients.map((client) => once(client.socket, "open")));
    for (const client of clients) client.sendRaw(hello(ticket));
    const outcomes = await Promise.all(
      clients.map((client) =>
        client
          .until(() => (client.all("welcome").length > 0 ? "in" : undefined))
          .catch(() => "out"),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "in")).toHaveLength(1);
    for (const client of clients) client.close();
  });
});

describe("[H3] a first frame that is no hello closes", () => {
  test.each([
    ["a command", JSON.stringify({ type: "leaveRoom", id: "1", room: "x" })],
    ["no JSON", "{"],
    ["an empty frame", ""],
    ["bytes", new Uint8Array([1, 2, 3])],
  ])("%s", async (_, frame) => {
    expect(await closeCodeAfter(frame)).toBe(refusedCode);
  });

  test("[F3] more than may be sent before hello", async () => {
    const frame = hello("x".repeat(limits.maxHelloBytes));
    expect([refusedCode, closeReasons.frame_too_large.code]).toContain(await closeCodeAfter(frame));
  });
});

test("[H1] who says nothing is closed", { timeout: limits.helloTimeoutMs + 10_000 }, async () => {
  const client = new TestClient(school.gateway.port);
  expect(await client.closed()).toBe(closeReasons.hello_timeout.code);
});

describe("the upgrade is refused", () => {
  async function upgradeStatus(origin: string | undefined, protocol: string): Promise<number> {
    const socket = new WebSocket(
      `ws://127.0.0.1:${String(school.gateway.port)}/ws`,
      protocol === "" ? [] : protocol,
      origin === undefined ? {} : { origin },
    );
    socket.on("error", () => undefined);
    return new Promise((resolve) => {
      socket.on("open", () => {
        socket.close();
        resolve(101);
      });
      socket.on("unexpected-response", (_, response) => {
        resolve(response.statusCode ?? 0);
      });
    });
  }
  const own = () => `http://127.0.0.1:${String(school.gateway.port)}`;

  test("[F2] to a foreign origin, however it is dressed up", async () => {
    for (const origin of [
      "https://evil.example",
      "null",
      `${own()}.evil.example`,
      `http://evil.example/${own()}`,
      "http://127.0.0.1:1",
    ]) {
      expect(await upgradeStatus(origin, "darasa.v1"), origin).toBe(403);
    }
  });

  test("[F1] without the subprotocol, and given with it from its own origin", async () => {
    expect(await upgradeStatus(own(), "")).toBe(400);
    expect(await upgradeStatus(own(), "another.v1")).toBe(400);
    expect(await upgradeStatus(own(), "darasa.v1")).toBe(101);
  });
});

test("[E3] malformed frames are answered one by one, and too many of them close", async () => {
  const client = await school.connect(school.students[0] ?? school.teacher);
  const faults = ["null", "[]", "{", '{"type":"sing","id":"1"}', "1e999"];
  for (const fault of faults) client.sendRaw(fault);
  await client.until(() => (client.all("error").length === faults.length ? true : undefined));
  expect(client.all("error").map(({ code }) => code)).toEqual(faults.map(() => "bad_frame"));
  expect(await client.refused({ type: "leaveRoom", room: school.room })).toBe("not_found");
  for (let count = faults.length; count <= limits.maxFaultsPerMinute; count += 1) {
    client.sendRaw(new Uint8Array([0]));
  }
  expect(await client.closed()).toBe(closeReasons.bad_frame.code);
});

test("[F3] a frame of the maximum size is read, one byte more closes with 1009", async () => {
  const client = await school.connect(school.teacher);
  const start = JSON.stringify({ type: "leaveRoom", id: "big", room: school.room }).slice(0, -1);
  const fill = (bytes: number) => `${start},"x":"${"x".repeat(bytes - start.length - 8)}"}`;
  client.sendRaw(fill(limits.maxFrameBytes));
  expect((await client.next("error")).code).toBe("not_found");
  client.sendRaw(fill(limits.maxFrameBytes + 1));
  expect((await client.next("error", ({ code }) => code === "too_large")).id).toBeNull();
  expect(await client.closed()).toBe(closeReasons.frame_too_large.code);
});
