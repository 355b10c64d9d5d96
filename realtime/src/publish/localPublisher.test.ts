import type { ParticipantId, RoomEvent, RoomId, SchoolId } from "@darasa/protocol";
import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { ManualClock } from "../../test/support/manualClock.ts";
import { fakeSession } from "../../test/support/fakeSession.ts";
import { goLive } from "../room/goLive.ts";
import { newRoom, type Stay } from "../room/room.ts";
import { createLocalPublisher } from "./localPublisher.ts";
import { describePublisher } from "./publisher.contract.ts";
import type { Channel, Frame, Publisher } from "./publisher.ts";

describe("local publisher", () => {
  describePublisher(() => {
    const frames: [Channel, Frame][] = [];
    return {
      publisher: createLocalPublisher((channel, frame) => frames.push([channel, frame])),
      delivered: (channel) => frames.filter(([name]) => name === channel).map(([, frame]) => frame),
    };
  });
});

const room = "r" as RoomId;
const here = "room:a" as Channel;
let clock: ManualClock;
let frames: string[];
let publisher: Publisher;
beforeEach(() => {
  clock = new ManualClock();
  frames = [];
  publisher = createLocalPublisher((_channel, frame) => frames.push(String(frame)), clock);
});

const said = (seq: number): RoomEvent => ({
  type: "chatMessage",
  room,
  seq,
  messageId: "m",
  clientId: "c",
  senderId: "s" as ParticipantId,
  senderName: "S",
  body: "b",
  sentAtMs: 0,
});

/** Says something twice, the second time so that it is held back. */
function heat(): void {
  publisher.publish(here, said(1));
  clock.advance(2);
  publisher.publish(here, said(2));
}

test("[R6] what decides something, and a head, leave at once and after what was held back", () => {
  heat();
  expect(frames).toHaveLength(1);
  const head: RoomEvent = { type: "head", room, seq: 2 };
  publisher.publish(here, head);
  expect(frames.slice(1)).toEqual([said(2), head].map((event) => JSON.stringify(event)));
});

test("a board's frames and what nobody holds back leave as they are", () => {
  heat();
  const bytes = Uint8Array.of(1);
  publisher.publishFrame("board:b" as Channel, bytes);
  expect(frames.at(-1)).toBe(String(bytes));
});

test("before the end all is sent", () => {
  heat();
  publisher.flush();
  expect(frames.at(-1)).toBe(JSON.stringify(said(2)));
});

test("[P13] a backlog has of one person's pointers only the newest", () => {
  const backlog = publisher.gather(here, () => undefined);
  const pointer = (participantId: string, x: number): RoomEvent => ({
    type: "pointer",
    room,
    participantId: participantId as ParticipantId,
    at: { target: "board", x, y: 0 },
  });
  for (const x of [0.1, 0.2, 0.3]) publisher.publish(here, pointer("a", x));
  publisher.publish(here, pointer("b", 0.1));
  expect(backlog.take()).toEqual(
    [pointer("a", 0.3), pointer("b", 0.1)].map((e) => JSON.stringify(e)),
  );
});

/** Somebody who comes to a room, and what they have to hear of it. */
class Visitor {
  readonly session = fakeSession();
  stay: Stay | null = null;
  /** The last message that was said before they came. */
  since = 0;

  heard(): number[] {
    const { told } = this.session;
    return told.flatMap((event) => (event.type === "chatMessage" ? [event.seq] : []));
  }
}

/** A room that people come to, and come to again, while it is hot. */
class BusyRoom {
  readonly room = newRoom("school" as SchoolId, room);
  readonly publisher: Publisher;
  readonly visitors = Array.from({ length: 4 }, () => new Visitor());
  seq = 0;

  constructor(clock: ManualClock) {
    this.publisher = createLocalPublisher((channel, frame) => {
      for (const { session } of this.visitors) {
        if (session.channels.has(channel)) session.outbox.send(frame);
      }
    }, clock);
  }

  say(): void {
    this.seq += 1;
    this.publisher.publish(this.room.channel, said(this.seq));
  }

  /** From now on they are to hear everything, as soon as they are live. */
  join(visitor: Visitor): void {
    const { session } = visitor;
    visitor.stay?.backlog?.take();
    const stay = {
      session,
      room: this.room,
      isPresent: true,
      backlog: this.publisher.gather(this.room.channel, () => undefined),
    } as Partial<Stay> as Stay;
    session.outbox.unsubscribe(this.room.channel);
    session.told.length = 0;
    visitor.stay = stay;
    visitor.since = this.seq;
  }

  /** A join that is going to be refused: who is live goes on with nothing missing (SPEC R5). */
  pause({ stay, session }: Visitor): void {
    if (stay?.backlog !== null) return;
    stay.backlog = this.publisher.gather(this.room.channel, () => undefined);
    session.outbox.unsubscribe(this.room.channel);
  }

  goLive({ stay }: Visitor): void {
    if (stay !== null && stay.backlog !== null) goLive(stay);
  }
}

test("[R4][R5] who joins, goes live and joins again in a hot room misses nothing and hears nothing twice", () => {
  const step = fc.record({
    gapMs: fc.nat(60).map((tenths) => tenths / 10),
    what: fc.constantFrom("say", "say", "say", "join", "pause", "goLive"),
    who: fc.nat(3),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const time = new ManualClock();
      const busy = new BusyRoom(time);
      for (const { gapMs, what, who } of steps) {
        time.advance(gapMs);
        const visitor = busy.visitors[who];
        if (what === "say" || visitor === undefined) busy.say();
        else busy[what](visitor);
      }
      for (const visitor of busy.visitors) busy.goLive(visitor);
      time.advance(1_000);
      for (const visitor of busy.visitors.filter(({ stay }) => stay !== null)) {
        const due = Array.from({ length: busy.seq }, (_, index) => index + 1);
        expect(visitor.heard()).toEqual(due.slice(visitor.since));
      }
    }),
    { numRuns: 300 },
  );
});
