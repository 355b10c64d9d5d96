import type { AwarenessUser } from "@darasa/protocol/board";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from "y-protocols/awareness";
import * as Y from "yjs";
import { BoardAwareness } from "./boardAwareness.ts";
import { decodeYjsFrame } from "./yjsFrame.ts";

const amina: AwarenessUser = { id: "amina", name: "Amina", color: "#0f5c50" };
const baraka: AwarenessUser = { id: "baraka", name: "Baraka", color: "#8a4b12" };

/** Somebody's own copy, as y-protocols keeps it. */
function client(): Awareness {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  return awareness;
}

function say(awareness: Awareness, state: Record<string, unknown> | null): Uint8Array {
  awareness.setLocalState(state);
  return encodeAwarenessUpdate(awareness, [awareness.clientID]);
}

function read(frame: Uint8Array, into: Awareness): void {
  const decoded = decodeYjsFrame(frame);
  if (!decoded.ok || decoded.value.kind !== "awareness") throw new Error("not awareness");
  applyAwarenessUpdate(into, decoded.value.payload, "test");
}

describe("BoardAwareness", () => {
  let nowMs = 0;
  let audience: number;
  const frames: Uint8Array[] = [];
  let board: BoardAwareness;
  const pass = (ms: number) => {
    nowMs += ms;
    vi.advanceTimersByTime(ms);
  };
  beforeEach(() => {
    // Its own timer is what is tested here.
    vi.useFakeTimers();
    nowMs = 1_000;
    frames.length = 0;
    audience = 2;
    board = new BoardAwareness({
      send: (frame) => frames.push(frame),
      audience: () => audience,
      now: () => nowMs,
    });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("[B2] puts the server's name on what a client says", () => {
    const [one, two] = [client(), client()];
    const forged = { user: { id: "teacher", name: "Head" }, cursor: { x: 1, y: 2 } };
    board.receive({ connection: 1, user: baraka }, say(one, forged));
    pass(0);
    for (const frame of frames) read(frame, two);
    expect(two.getStates().get(one.clientID)).toEqual({ user: baraka, cursor: { x: 1, y: 2 } });
  });

  it("[B2] does not hear what a client says of another", () => {
    const [one, two] = [client(), client()];
    board.receive({ connection: 1, user: amina }, say(one, { cursor: 1 }));
    board.receive({ connection: 2, user: baraka }, say(two, { cursor: 2 }));
    pass(200);
    frames.length = 0;
    applyAwarenessUpdate(two, encodeAwarenessUpdate(one, [one.clientID]), "test");
    two.states.set(one.clientID, { cursor: "stolen" });
    const meta = two.meta.get(one.clientID);
    if (meta) meta.clock += 5;
    board.receive({ connection: 2, user: baraka }, encodeAwarenessUpdate(two, [one.clientID]));
    pass(200);
    expect(frames).toEqual([]);
  });

  it("sends at most every 100 ms, and of many changes the last", () => {
    const [one, two] = [client(), client()];
    for (let step = 0; step < 50; step += 1) {
      board.receive({ connection: 1, user: amina }, say(one, { cursor: step }));
      pass(10);
    }
    pass(100);
    expect(frames.length).toBeGreaterThanOrEqual(4);
    expect(frames.length).toBeLessThanOrEqual(7);
    for (const frame of frames) read(frame, two);
    expect(two.getStates().get(one.clientID)).toMatchObject({ cursor: 49 });
  });

  it.each([
    [30, 9, 10],
    [60, 9, 10],
    [200, 1, 2],
    [400, 1, 1],
  ])(
    "tells all that %i people do no more often than what all are told in all bears, and once a second at least",
    (people, fewest, most) => {
      audience = people;
      const crowd = Array.from({ length: people }, () => client());
      const seconds = 10;
      for (let step = 0; step < seconds * 20; step += 1) {
        crowd.forEach((one, index) => {
          const user = { ...amina, id: String(index) };
          board.receive({ connection: index, user }, say(one, { cursor: step }));
        });
        pass(50);
      }
      expect(frames.length / seconds).toBeGreaterThanOrEqual(fewest);
      expect(frames.length / seconds).toBeLessThanOrEqual(most + 0.2);
      pass(1_000);
      const late = client();
      for (const frame of frames) read(frame, late);
      for (const { clientID } of crowd) {
        expect(late.getStates().get(clientID)).toMatchObject({ cursor: seconds * 20 - 1 });
      }
    },
  );

  it("tells one of two hundred who moves alone as often as one of two", () => {
    audience = 200;
    const one = client();
    for (let step = 0; step < 100; step += 1) {
      board.receive({ connection: 1, user: amina }, say(one, { cursor: step }));
      pass(50);
    }
    expect(frames.length).toBeGreaterThanOrEqual(45);
  });

  it("tells who comes later of everybody, and everybody of who leaves", () => {
    const [one, late] = [client(), client()];
    board.receive({ connection: 1, user: amina }, say(one, { cursor: 1 }));
    pass(100);
    read(board.everybody() ?? new Uint8Array(), late);
    expect(late.getStates().has(one.clientID)).toBe(true);
    frames.length = 0;
    board.remove(1);
    pass(100);
    for (const frame of frames) read(frame, late);
    expect(late.getStates().has(one.clientID)).toBe(false);
    expect(board.everybody()).toBeNull();
  });

  it("knows a person again who returns with the same copy on a new connection", () => {
    const [one, other] = [client(), client()];
    board.receive({ connection: 1, user: amina }, say(one, { cursor: 1 }));
    board.receive({ connection: 2, user: amina }, say(one, { cursor: 2 }));
    board.remove(1);
    pass(100);
    read(board.everybody() ?? new Uint8Array(), other);
    expect(other.getStates().get(one.clientID)).toMatchObject({ cursor: 2 });
  });

  it("is not fooled by an echo of somebody who has left", () => {
    const [one, two] = [client(), client()];
    const said = say(one, { cursor: 1 });
    board.receive({ connection: 1, user: amina }, said);
    board.remove(1);
    pass(100);
    frames.length = 0;
    board.receive({ connection: 2, user: baraka }, said);
    pass(100);
    expect(frames).toEqual([]);
    board.receive({ connection: 2, user: baraka }, say(two, { cursor: 5 }));
    pass(100);
    expect(frames).toHaveLength(1);
  });

  it("refuses what cannot be read and does not hear what is too large", () => {
    const one = client();
    const sender = { connection: 1, user: amina };
    expect(board.receive(sender, new Uint8Array([5, 1])).ok).toBe(false);
    expect(board.receive(sender, new Uint8Array(100_000)).ok).toBe(false);
    board.receive(sender, say(one, { text: "x".repeat(5_000) }));
    board.receive(sender, say(one, ["no object"] as never));
    pass(200);
    expect(frames).toEqual([]);
  });
});
