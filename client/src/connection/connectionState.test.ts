import { closeReasons, type SessionId } from "@darasa/protocol";
import { describe, expect, test } from "vitest";
import {
  initialConnectionState,
  reduceConnection,
  type ConnectionEvent,
  type ConnectionState,
} from "./connectionState.ts";

const atMs = 1_000_000;

function after(...events: ConnectionEvent[]): ConnectionState {
  return events.reduce(reduceConnection, initialConnectionState(true));
}

const start: ConnectionEvent = { type: "start" };
const opened: ConnectionEvent = { type: "socketOpened" };
const sessionId = "00000000-0000-4000-8000-000000000001" as SessionId;
const welcomed: ConnectionEvent = {
  type: "welcomed",
  atMs,
  sessionId,
  serverTimeMs: atMs - 250,
};
const lost = (code: number, laterMs = 0): ConnectionEvent => ({
  type: "lost",
  code,
  atMs: atMs + laterMs,
  random: 0.5,
});

describe("reduceConnection", () => {
  test("goes from idle over connecting and helloSent to open", () => {
    expect(after().name).toBe("idle");
    expect(after(start).name).toBe("connecting");
    expect(after(start, opened).name).toBe("helloSent");
    expect(after(start, opened, welcomed)).toEqual({
      name: "open",
      attempt: 0,
      sinceMs: atMs,
      sessionId,
      serverAheadMs: -250,
      comeBackInMs: null,
      isRestart: false,
      online: true,
    });
  });

  test("a lost network is waited out and tried again", () => {
    const waiting = after(start, opened, welcomed, lost(1006));
    expect(waiting).toEqual({
      name: "waiting",
      attempt: 1,
      untilMs: atMs + 300,
      isRestart: false,
      online: true,
    });
    expect(reduceConnection(waiting, { type: "waited" }).name).toBe("connecting");
    expect(reduceConnection(waiting, { type: "tryNow" }).name).toBe("connecting");
  });

  test("attempts add up until a connection has held for 10 s", () => {
    const flapping = after(
      start,
      lost(1006),
      { type: "waited" },
      opened,
      welcomed,
      lost(1006, 9_999),
    );
    expect(flapping).toMatchObject({ name: "waiting", attempt: 2 });
    const stable = after(
      start,
      lost(1006),
      { type: "waited" },
      opened,
      welcomed,
      lost(1006, 10_000),
    );
    expect(stable).toMatchObject({ name: "waiting", attempt: 1 });
  });

  test.each(Object.values(closeReasons))("[C1] close $code goes by the table", (reason) => {
    const state = after(start, opened, welcomed, lost(reason.code));
    expect(state.name).toBe(reason.reconnect === "no" ? "closed" : "waiting");
  });

  test("[C1] a close that nobody may come back from says why", () => {
    expect(after(start, opened, welcomed, lost(4409))).toMatchObject({ reason: "replaced" });
    expect(after(start, opened, welcomed, lost(4403))).toMatchObject({ reason: "forbidden" });
  });

  test("[C4] a server that goes away on purpose says when to come back, instead of the back-off", () => {
    const goingAway = (comeBackInMs: number): ConnectionEvent => ({
      type: "goingAway",
      comeBackInMs,
    });
    const waiting = after(start, opened, welcomed, goingAway(3_200), lost(1001));
    expect(waiting).toMatchObject({ name: "waiting", untilMs: atMs + 3_200, isRestart: true });
    expect(after(start, opened, welcomed, goingAway(9e9), lost(1001))).toMatchObject({
      untilMs: atMs + 5_000,
    });
    expect(after(start, opened, welcomed, goingAway(-1), lost(1001))).toMatchObject({
      untilMs: atMs,
    });
  });

  test("[C4] a restart begins the count of tries anew", () => {
    const flapping = [lost(1006), { type: "waited" }, opened, welcomed] as const;
    const restarted = [{ type: "goingAway", comeBackInMs: 1_000 }, lost(1001)] as const;
    const state = after(start, opened, welcomed, ...flapping, ...flapping, ...restarted);
    expect(state).toMatchObject({ name: "waiting", attempt: 1, isRestart: true });
    // It is one until the room is joined again, and the next loss is another matter.
    const back = ([{ type: "waited" }, opened, welcomed] as const).reduce(reduceConnection, state);
    expect(back).toMatchObject({ name: "open", isRestart: true });
    expect(reduceConnection(back, lost(1006))).toMatchObject({ isRestart: false });
  });

  test("[C4] a restart is one while the server may be starting, and not for ever", () => {
    const again: ConnectionEvent[] = [{ type: "waited" }, lost(1006)];
    let state = after(
      start,
      opened,
      welcomed,
      { type: "goingAway", comeBackInMs: 1_000 },
      lost(1001),
    );
    const seen: boolean[] = [];
    for (let tries = 0; tries < 7; tries += 1) {
      state = again.reduce(reduceConnection, state);
      seen.push(state.name === "waiting" && state.isRestart);
    }
    expect(seen).toEqual([true, true, true, true, true, false, false]);
    const back = [{ type: "waited" }, opened, welcomed, lost(1006)] as const;
    expect(back.reduce(reduceConnection, state)).toMatchObject({ isRestart: false });
  });

  test("a refused ticket ends it, a busy API does not", () => {
    const refused = (code: "unauthenticated" | "unavailable"): ConnectionEvent => ({
      type: "ticketRefused",
      code,
      atMs,
      random: 0,
    });
    expect(after(start, refused("unauthenticated"))).toMatchObject({
      name: "closed",
      reason: "unauthenticated",
    });
    expect(after(start, refused("unavailable"))).toMatchObject({ name: "waiting", attempt: 1 });
  });

  test("going offline drops the socket and coming online tries at once", () => {
    const offline: ConnectionEvent = { type: "offline", atMs, random: 0 };
    const waiting = after(start, opened, welcomed, offline);
    expect(waiting).toMatchObject({ name: "waiting", online: false });
    expect(reduceConnection(waiting, { type: "online" })).toMatchObject({
      name: "connecting",
      online: true,
    });
  });

  test("an open connection proves the network, whatever the device says", () => {
    const offline: ConnectionEvent = { type: "offline", atMs, random: 0 };
    const open = after(start, offline, { type: "waited" }, opened, welcomed);
    expect(open).toMatchObject({ name: "open", online: true });
  });

  test("after stop nothing starts it but start", () => {
    const stopped = after(start, opened, welcomed, { type: "stop" });
    expect(stopped).toMatchObject({ name: "closed", reason: "left" });
    for (const event of [opened, welcomed, lost(1006), { type: "online" } as const]) {
      expect(reduceConnection(stopped, event)).toBe(stopped);
    }
    expect(reduceConnection(stopped, start).name).toBe("connecting");
  });
});
