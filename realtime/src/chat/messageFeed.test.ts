import { randomUUID } from "node:crypto";
import {
  DarasaError,
  type ChatMessage,
  type ParticipantId,
  type RoomEvent,
  type RoomId,
} from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import { createLocalPublisher } from "../publish/localPublisher.ts";
import type { Room } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { MessageFeed } from "./messageFeed.ts";

/** What Postgres holds, and whether it answers. */
let stored: ChatMessage[];
let isAway: boolean;
let pushed: number[];
let kept: number[];
let heads: number[];
let rooms: RoomRegistry;
let room: Room;
let feed: MessageFeed;
beforeEach(() => {
  stored = [];
  isAway = false;
  pushed = [];
  kept = [];
  heads = [];
  rooms = createRoomRegistry();
  room = rooms.hold(schoolId, randomUUID() as RoomId);
  room.publishedSeq = 0;
  const answer = async <Value>(value: () => Value): Promise<Value> => {
    const found = value();
    await Promise.resolve();
    if (isAway) throw new DarasaError("unavailable");
    return found;
  };
  feed = new MessageFeed({
    rooms,
    publisher: createLocalPublisher((_channel, frame) => {
      // Of a busy channel several share a frame.
      for (const event of [JSON.parse(String(frame)) as RoomEvent | RoomEvent[]].flat()) {
        if (event.type === "chatMessage") pushed.push(event.seq);
        if (event.type === "head") heads.push(event.seq);
      }
    }),
    history: {
      loadRecent: () => Promise.resolve([]),
      loadPage: (_room, { fromSeq }) =>
        answer(() => stored.filter(({ seq }) => seq >= fromSeq).slice(0, 3)),
      loadHeads: (all) => answer(() => new Map(all.map((one) => [one, stored.length]))),
    },
    recent: { pushed: (_room, { seq }) => void kept.push(seq) },
    log: () => undefined,
  });
});

/** Commits the next messages, as anybody might; returns them. */
function store(count: number): ChatMessage[] {
  const messages = Array.from({ length: count }, (_, index): ChatMessage => ({
    seq: stored.length + 1 + index,
    messageId: randomUUID(),
    clientId: "c",
    senderId: "s" as ParticipantId,
    senderName: "S",
    body: "b",
    sentAtMs: 0,
  }));
  stored.push(...messages);
  return messages;
}

const upTo = (seq: number) => Array.from({ length: seq }, (_, index) => index + 1);

test("[R1] what follows on what was pushed is pushed at once, in order, and never twice", async () => {
  const [one, two, three] = store(3) as [ChatMessage, ChatMessage, ChatMessage];
  feed.stored(room, [two, one]);
  feed.stored(room, [one]);
  feed.stored(room, [three, two]);
  await vi.waitFor(() => expect(pushed).toEqual([1, 2, 3]));
  expect(kept).toEqual(pushed);
});

test("[R1] a gap is filled from the database before what came after it", async () => {
  store(7);
  feed.stored(room, store(1));
  await vi.waitFor(() => expect(pushed).toEqual(upTo(8)));
});

test("[R1] what is stored while a room catches up comes too, whenever exactly", async () => {
  store(2);
  const caughtUp = feed.catchUp(room);
  for (let turn = 0; turn < 6; turn += 1) {
    feed.stored(room, store(1));
    await Promise.resolve();
  }
  await caughtUp;
  await vi.waitFor(() => expect(pushed).toEqual(upTo(stored.length)));
});

test("[R6] each room is told its newest in one of the turns", () => {
  feed.stored(room, store(2));
  for (let count = 0; count < 30; count += 1) {
    rooms.hold(schoolId, randomUUID() as RoomId).publishedSeq = 10 + count;
  }
  const turns = Array.from({ length: 10 }, (_, turn) => {
    heads = [];
    feed.tellHeads(turn, 10);
    return heads;
  });
  const told = turns.flat().sort((a, b) => a - b);
  expect(told).toEqual([2, ...Array.from({ length: 30 }, (_, count) => 10 + count)]);
  expect(Math.max(...turns.map(({ length }) => length))).toBeLessThan(31);
});

test("[R6] a room where nothing is said is told half as often, and its people are asked whether they are there", () => {
  const stay = fakeStay(room);
  let pings = 0;
  stay.session.outbox.ping = () => void (pings += 1);
  feed.stored(room, store(1));
  const toldIn = (rounds: number) =>
    Array.from({ length: rounds }, () => {
      heads = [];
      feed.tellHeads(0, 1);
      return heads.length;
    });
  expect(toldIn(5)).toEqual([1, 0, 1, 0, 1]);
  expect(pings).toBe(3);
  feed.stored(room, store(1));
  expect(toldIn(3)).toEqual([1, 0, 1]);
  feed.stored(room, store(1));
  expect(toldIn(1)).toEqual([1]);
  expect(pings).toBe(4);
});

test("[R6] a beat pushes what another gateway has stored", async () => {
  feed.stored(room, store(2));
  store(2);
  await feed.beat();
  await vi.waitFor(() => expect(pushed).toEqual([1, 2, 3, 4]));
});

test("[R4] what is stored is reached by waiting a moment, then by one look for all who ask", async () => {
  const [onItsWay] = store(1) as [ChatMessage];
  const reached = Promise.all([feed.reach(room, 1), feed.reach(room, 1)]);
  feed.stored(room, [onItsWay]);
  expect(await reached).toEqual([true, true]);
  store(2);
  expect(await Promise.all([feed.reach(room, 3), feed.reach(room, 2)])).toEqual([true, true]);
  await vi.waitFor(() => expect(pushed).toEqual([1, 2, 3]));
  store(1);
  isAway = true;
  expect(await feed.reach(room, 4)).toBe(false);
});

test("a message whose commit was never confirmed is pushed when the database is back", async () => {
  store(1);
  isAway = true;
  feed.uncertain(room);
  rooms.release(room);
  await feed.beat();
  expect(pushed).toEqual([]);
  expect(rooms.find(schoolId, room.roomId)).toBe(room);
  isAway = false;
  await feed.beat();
  await vi.waitFor(() => expect(pushed).toEqual([1]));
  expect(rooms.find(schoolId, room.roomId)).toBeUndefined();
});

test("a room of which something is uncertain pushes nothing past it", async () => {
  isAway = true;
  const [lost, next] = store(2) as [ChatMessage, ChatMessage];
  feed.uncertain(room);
  // The resend of the lost one may carry another text: the stored one counts.
  feed.stored(room, [{ ...lost, body: "forged" }, next]);
  await feed.beat();
  expect(pushed).toEqual([]);
  isAway = false;
  await feed.beat();
  await vi.waitFor(() => expect(pushed).toEqual([1, 2]));
});

test("a room that was not read yet gets nothing: who reads it first finds all", () => {
  room.publishedSeq = null;
  feed.stored(room, store(2));
  expect(pushed).toEqual([]);
});
