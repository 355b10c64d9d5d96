import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../../test/support/manualClock.ts";
import { AdaptiveFlush } from "./adaptiveFlush.ts";
import { flushLimits } from "./flow.ts";
import type { Channel } from "./publisher.ts";

interface Written {
  readonly channel: Channel;
  readonly atMs: number;
  readonly events: readonly unknown[];
  readonly length: number;
}

const busy = "room:busy" as Channel;
const other = "room:other" as Channel;

let clock: ManualClock;
let written: Written[];
let flow: AdaptiveFlush;
beforeEach(begin);

function begin(): void {
  clock = new ManualClock();
  written = [];
  flow = new AdaptiveFlush((channel, frame) => {
    const parsed: unknown = JSON.parse(frame);
    const events: unknown[] = Array.isArray(parsed) ? parsed : [parsed];
    written.push({ channel, atMs: clock.now(), events, length: frame.length });
  }, clock);
}

function send(event: unknown, channel = busy): void {
  flow.send(channel, JSON.stringify(event), null);
}

/** Sends 0, 1, 2 … with this much time between them. */
function sendEvery(gapMs: number, count: number): void {
  for (let event = 0; event < count; event += 1) {
    send(event);
    clock.advance(gapMs);
  }
}

function last(): Written {
  const frame = written.at(-1);
  if (frame === undefined) throw new Error("nothing was sent");
  return frame;
}

const sizes = () => written.map(({ events }) => events.length);

describe("[F4] a quiet channel", () => {
  test("sends in the same turn", () => {
    send("a");
    expect(written).toMatchObject([{ events: ["a"], atMs: clock.now() }]);
  });

  test("sends each of a slow stream in its turn", () => {
    sendEvery(flushLimits.windowMs + 1, 20);
    expect(sizes()).toEqual(Array.from({ length: 20 }, () => 1));
  });

  test("sends all of one turn in that turn, whatever other channels do", () => {
    for (let event = 0; event < 20; event += 1) send(event);
    send("a", other);
    expect(written).toHaveLength(21);
  });

  test("is forgotten, and nothing waits for it", () => {
    for (let room = 0; room < 50; room += 1) send(room, `room:${room}` as Channel);
    expect(flow.size).toBe(50);
    clock.advance(5_000);
    expect(flow.size).toBe(0);
    expect(clock.timers).toBe(0);
  });
});

describe("[F4] a hot channel", () => {
  test("tells what comes within the window in one frame", () => {
    sendEvery(2, 500);
    clock.advance(flushLimits.windowMs);
    expect(written.flatMap(({ events }) => events)).toEqual(
      Array.from({ length: 500 }, (_, n) => n),
    );
    expect(written.length).toBeLessThan(500 / 6);
  });

  test("sends a frame as soon as it has as many events as it may", () => {
    send("first");
    clock.advance(flushLimits.burstMs);
    for (let event = 0; event < flushLimits.maxEvents; event += 1) send(event);
    expect(sizes()).toEqual([1, flushLimits.maxEvents]);
  });

  test("sends a frame before it gets longer than it may be, and a long event by itself", () => {
    send("first");
    clock.advance(flushLimits.burstMs);
    const half = "x".repeat(flushLimits.maxLength / 2);
    for (let event = 0; event < 4; event += 1) send(half);
    send("x".repeat(flushLimits.maxLength));
    send("last");
    clock.advance(flushLimits.windowMs + 1);
    expect(sizes()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  test("does not wait for the end of the window when no more comes", () => {
    sendEvery(0.5, 100);
    const lastMs = clock.now();
    clock.advance(flushLimits.windowMs);
    expect(last().atMs - lastMs).toBeLessThan(5);
  });

  test("has one timer for all of them", () => {
    for (let round = 0; round < 100; round += 1) {
      for (let room = 0; room < 20; room += 1) send(round, `room:${room}` as Channel);
      clock.advance(1.7);
    }
    expect(clock.mostTimers).toBe(1);
  });
});

test("who waits for their own message before they send the next is held up ever more seldom", () => {
  const lateness: number[] = [];
  for (let message = 0; message < 20_000; message += 1) {
    const before = written.length;
    const sentMs = clock.now();
    send(message);
    while (written.length === before) clock.advance(0.1);
    lateness.push(last().atMs - sentMs);
    // The way to the peer and back.
    clock.advance(0.5);
  }
  const heldUp = (from: number, to: number) =>
    lateness.slice(from, to).filter((late) => late > 0).length;
  expect(heldUp(0, 1_000)).toBeGreaterThan(0);
  expect(heldUp(0, 1_000)).toBeLessThan(6);
  expect(heldUp(10_000, 20_000)).toBeLessThan(2);
});

describe("what is held back", () => {
  beforeEach(() => {
    send("first");
    clock.advance(flushLimits.burstMs);
  });

  test("goes out when it is asked for, once, and no other channel's does", () => {
    send("first", other);
    clock.advance(flushLimits.burstMs);
    send("a");
    send("b", other);
    flow.flush(busy);
    flow.flush(busy);
    expect(written.map(({ events }) => events)).toEqual([["first"], ["first"], ["a"]]);
    flow.flushAll();
    clock.advance(100);
    expect(written.map(({ channel }) => channel)).toEqual([busy, other, busy, other]);
  });

  test("[P13] has of one person's pointers only the newest, in its place", () => {
    const point = (who: string, at: number) => flow.send(busy, JSON.stringify({ who, at }), who);
    point("a", 1);
    send("said");
    point("b", 1);
    point("a", 2);
    point("a", 3);
    flow.flush(busy);
    point("a", 4);
    flow.flush(busy);
    expect(written.slice(1).map(({ events }) => events)).toEqual([
      ["said", { who: "b", at: 1 }, { who: "a", at: 3 }],
      [{ who: "a", at: 4 }],
    ]);
  });
});

describe("whatever comes, in whatever rhythm", () => {
  const step = fc.record({
    channel: fc.integer({ min: 0, max: 2 }),
    gapMs: fc.oneof(fc.constant(0), fc.nat(60), fc.nat(400)).map((tenths) => tenths / 10),
    slot: fc.option(fc.constantFrom("p", "q"), { freq: 2 }),
    length: fc.oneof(
      { weight: 20, arbitrary: fc.nat(80) },
      { weight: 1, arbitrary: fc.nat(40_000) },
    ),
    flushesBefore: fc.nat(15).map((one) => one === 0),
  });
  const script = fc.array(step, { maxLength: 150 });
  type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

  interface Sent {
    readonly channel: Channel;
    readonly atMs: number;
    readonly slot: string | null;
  }

  function play(steps: readonly Step[]): Sent[] {
    begin();
    const sent: Sent[] = steps.map(({ channel, gapMs, slot, length, flushesBefore }, id) => {
      const name = `room:${channel}` as Channel;
      clock.advance(gapMs);
      if (flushesBefore) flow.flush(name);
      const event = { id, text: "x".repeat(length) };
      flow.send(name, JSON.stringify(event), slot);
      return { channel: name, atMs: clock.now(), slot };
    });
    clock.advance(60_000);
    return sent;
  }

  /** The frame that told of each event: that of the newer one of its slot, for one that was replaced. */
  function framesOf(sent: readonly Sent[]): Written[] {
    const frames = new Map<number, Written>();
    for (const frame of written) {
      for (const { id } of frame.events as { id: number }[]) {
        expect(frames.has(id)).toBe(false);
        frames.set(id, frame);
      }
    }
    const found = sent.map(({ slot, channel }, id) => {
      const tells = (other: number) =>
        other === id ||
        (slot !== null && sent[other]?.slot === slot && sent[other].channel === channel);
      for (let other = id; other < sent.length; other += 1) {
        const frame = frames.get(other);
        if (tells(other) && frame !== undefined) return frame;
      }
      throw new Error(`event ${id} was lost`);
    });
    return found;
  }

  test("nothing is lost, doubled or out of its order, and nothing waits longer than the window", () => {
    fc.assert(
      fc.property(script, (steps) => {
        const sent = play(steps);
        const frames = framesOf(sent);
        frames.forEach((frame, id) => {
          expect(frame.channel).toBe(sent[id]?.channel);
          const waitedMs = frame.atMs - (sent[id]?.atMs ?? 0);
          expect(waitedMs).toBeLessThan(flushLimits.windowMs + 1.001);
        });
        for (const channel of new Set(sent.map((one) => one.channel))) {
          const told = written.filter((frame) => frame.channel === channel);
          const ids = told.flatMap(({ events }) =>
            (events as { id: number }[]).map(({ id }) => id),
          );
          expect(ids).toEqual(ids.toSorted((a, b) => a - b));
          const order = frames.filter((frame) => frame.channel === channel);
          const indexes = order.map((frame) => told.indexOf(frame));
          expect(indexes).toEqual(indexes.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("no frame has more events or characters than it may, and all is forgotten in the end", () => {
    fc.assert(
      fc.property(script, (steps) => {
        play(steps);
        for (const { events, length } of written) {
          expect(events.length).toBeLessThanOrEqual(flushLimits.maxEvents);
          const brackets = 2 + events.length;
          if (events.length > 1)
            expect(length).toBeLessThanOrEqual(flushLimits.maxLength + brackets);
        }
        expect(flow.size).toBe(0);
        expect(clock.timers).toBe(0);
        expect(clock.mostTimers).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });
});
