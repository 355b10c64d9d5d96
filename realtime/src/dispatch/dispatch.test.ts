import { randomUUID } from "node:crypto";
import { DarasaError, type Command, type RoomId } from "@darasa/protocol";
import { beforeEach, describe, expect, test, vi } from "vitest";
import {
  fakeSession,
  fakeStay,
  schoolId,
  type FakeSession,
} from "../../test/support/fakeSession.ts";
import { newRoom } from "../room/room.ts";
import { done, Encoded } from "../room/answer.ts";
import { createDispatcher, type Dispatcher } from "./dispatch.ts";
import type { Handlers } from "./handlers.ts";

const roomId = randomUUID() as RoomId;
const raise: Command = { type: "raiseHand", id: "1", room: roomId };
let session: FakeSession;
let logged: string[];
let waitMs: number;
beforeEach(() => {
  session = fakeSession();
  fakeStay(newRoom(schoolId, roomId), session);
  logged = [];
  waitMs = 0;
});

function dispatcherWith(raiseHand: Handlers["raiseHand"]): Dispatcher {
  return createDispatcher({
    handlers: { raiseHand } as Handlers,
    takeToken: () => waitMs,
    observer: { acked: () => undefined, refused: () => undefined },
    log: (_level, message) => logged.push(message),
    now: () => 0,
  });
}

async function answers(raiseHand: Handlers["raiseHand"], command: unknown = raise) {
  dispatcherWith(raiseHand).begin(session, JSON.stringify(command));
  await vi.waitFor(() => expect(session.told.length).toBeGreaterThan(0));
  return session.told;
}

describe("[D1] every command gets exactly one answer", () => {
  test("an ack, and only then what follows it", async () => {
    const order: string[] = [];
    const told = await answers(() => ({
      ...done,
      ok: true,
      value: {},
      after: () => order.push(`after ${String(session.told.length)} answer`),
    }));
    expect(told).toEqual([{ type: "ack", id: "1", result: {} }]);
    expect(order).toEqual(["after 1 answer"]);
  });

  test("an ack of what was encoded before", async () => {
    const told = await answers(() => ({ ok: true, value: new Encoded('{"a":1}') }), {
      ...raise,
      id: 'a"b',
    });
    expect(told).toEqual([{ type: "ack", id: 'a"b', result: { a: 1 } }]);
  });

  test("an answer that is settled with others, and what the end waits for", async () => {
    const settles: ((answer: typeof done) => void)[] = [];
    const dispatcher = dispatcherWith(() => (settle) => {
      settles.push(settle);
    });
    dispatcher.begin(session, JSON.stringify(raise));
    expect(dispatcher.underWay.commands).toBe(1);
    const ended = dispatcher.end();
    expect(session.told).toEqual([]);
    for (const settle of settles) settle(done);
    expect(session.told).toEqual([{ type: "ack", id: "1", result: {} }]);
    await ended;
  });

  test("a refusal", async () => {
    const told = await answers(() => ({ ok: false, error: "mesh_full" }));
    expect(told).toEqual([{ type: "error", id: "1", code: "mesh_full", retryable: true }]);
  });

  test("a known error that was thrown", async () => {
    const told = await answers(() => Promise.reject(new DarasaError("unavailable")));
    expect(told).toMatchObject([{ code: "unavailable", retryable: true }]);
    expect(logged).toEqual([]);
  });

  test("[E1] a fault of ours, without its text, and the operator gets the rest", async () => {
    const told = await answers(() => {
      throw new TypeError("secret detail");
    });
    expect(told).toEqual([{ type: "error", id: "1", code: "internal", retryable: true }]);
    expect(logged).toHaveLength(1);
  });
});

test("[D3] a room that was not joined is not found, whatever the command", async () => {
  const elsewhere = { ...raise, room: randomUUID() };
  const told = await answers(() => done, elsewhere);
  expect(told).toMatchObject([{ id: "1", code: "not_found" }]);
});

test("[L1] who is too fast is told how long to wait, and nothing is begun", async () => {
  waitMs = 130;
  let begun = 0;
  const told = await answers(() => {
    begun += 1;
    return done;
  });
  expect(told).toMatchObject([{ code: "rate_limited", retryable: true, retryAfterMs: 130 }]);
  expect(begun).toBe(0);
});

test("[E2][E3] what cannot be read is a fault, answered with its id where that could be read", () => {
  const dispatcher = dispatcherWith(() => done);
  expect(dispatcher.begin(session, "{")).toBe(false);
  expect(dispatcher.begin(session, '{"type":"sing","id":"9"}')).toBe(false);
  expect(session.told).toMatchObject([
    { code: "bad_frame", id: null },
    { code: "bad_frame", id: "9" },
  ]);
});

test("[M3] a message that is too long is no fault, and is told as what it is", () => {
  const long = { type: "sendMessage", id: "2", room: roomId, body: "x".repeat(8_193) };
  expect(dispatcherWith(() => done).begin(session, JSON.stringify(long))).toBe(true);
  expect(session.told).toMatchObject([{ code: "too_large", id: "2" }]);
});
