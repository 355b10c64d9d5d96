import { randomUUID } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import type { ChatMessage, LiveClassId, ParticipantId, RoomId } from "@darasa/protocol";
import { beforeEach, expect, test } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import {
  fakeSession,
  fakeStay,
  schoolId,
  type FakeSession,
} from "../../test/support/fakeSession.ts";
import type { Access } from "../access/judgeAccess.ts";
import { MessageFeed } from "../chat/messageFeed.ts";
import { createReplay } from "../chat/replayMessages.ts";
import { createLocalPublisher } from "../publish/localPublisher.ts";
import { noLocks, type Room, type RunningClass } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { createJoinRoom } from "./joinRoom.ts";

/** What the database holds, and how often it was asked for what. */
let stored: ChatMessage[];
let running: RunningClass | null;
let asked: { access: number; refresh: number; looks: number; looksAtOnce: number };
let rooms: RoomRegistry;
let room: Room;
let feed: MessageFeed;
let sessions: FakeSession[];
let joinRoom: ReturnType<typeof createJoinRoom>;
beforeEach(() => {
  stored = [];
  running = null;
  asked = { access: 0, refresh: 0, looks: 0, looksAtOnce: 0 };
  rooms = createRoomRegistry();
  room = rooms.hold(schoolId, randomUUID() as RoomId);
  room.publishedSeq = 0;
  let lookingNow = 0;
  sessions = [];
  const publisher = createLocalPublisher((channel, frame) => {
    for (const session of sessions) {
      if (session.channels.has(channel)) session.outbox.send(frame);
    }
  });
  const history = {
    loadRecent: () => Promise.resolve([]),
    async loadPage(_room: Room, { fromSeq, throughSeq }: { fromSeq: number; throughSeq: number }) {
      asked.looks += 1;
      lookingNow += throughSeq === Number.MAX_SAFE_INTEGER ? 1 : 0;
      asked.looksAtOnce = Math.max(asked.looksAtOnce, lookingNow);
      const page = stored.filter(({ seq }) => seq >= fromSeq && seq <= throughSeq);
      await turn();
      lookingNow -= throughSeq === Number.MAX_SAFE_INTEGER ? 1 : 0;
      return page;
    },
    loadHeads: () => Promise.resolve(new Map()),
  };
  const log = () => undefined;
  feed = new MessageFeed({ rooms, publisher, history, recent: { pushed: log }, log });
  joinRoom = createJoinRoom({
    async loadAccess() {
      asked.access += 1;
      const access: Access = { ...student, headSeq: stored.length, running };
      await turn();
      return { ok: true, value: access };
    },
    async refresh(of) {
      asked.refresh += 1;
      const found = running;
      await turn();
      of.liveClass = found;
      of.changes += 1;
      await feed.catchUp(of);
    },
    reach: (of, seq) => feed.reach(of, seq),
    rooms,
    publisher,
    presence: { changed: log } as never,
    history,
    replay: createReplay({ history, log }),
    departures: { depart: log, departFromAll: log },
    observers: [],
    signInHolds: log,
    now: () => 0,
  });
});

const student = {
  role: "student",
  name: "Somebody",
  signInEndsInMs: 60_000,
  firstSeq: 1,
  inClass: false,
  drawAllowed: false,
  sources: null,
  permissions: noLocks,
} as const;

const classOf = (): RunningClass => ({
  liveClassId: randomUUID() as LiveClassId,
  permissions: { drawing: "teachers", chatLocked: false },
  stage: { ...meshStage, video: "none" },
});

/** Stores one more, which only the database knows of. */
function store(): ChatMessage {
  const message: ChatMessage = {
    seq: stored.length + 1,
    messageId: randomUUID(),
    clientId: "c",
    senderId: "s" as ParticipantId,
    senderName: "S",
    body: "b",
    sentAtMs: 0,
  };
  stored.push(message);
  return message;
}

async function join(): Promise<void> {
  const session = fakeSession();
  sessions.push(session);
  const command = {
    type: "joinRoom",
    id: "j",
    room: room.roomId,
    liveClass: null,
    since: 0,
  } as const;
  const answer = await joinRoom(session, command);
  expect(answer).toMatchObject({ ok: true });
  if (answer.ok) answer.after?.();
}

const seqsOf = ({ told }: FakeSession) =>
  told.flatMap((message) => {
    if (message.type === "replay") return message.messages.map(({ seq }) => seq);
    return message.type === "chatMessage" ? [message.seq] : [];
  });

const hasAll = (session: FakeSession) => seqsOf(session).at(-1) === stored.length;

const many = 60;

test("[R4] many join one room while people write in it: each reads once, and has every message once", async () => {
  const writer = new AbortController();
  const writing = (async () => {
    let answered = store();
    while (!writer.signal.aborted) {
      // The database is always one ahead of what this process has heard of it.
      const next = store();
      await turn();
      feed.stored(room, [answered]);
      answered = next;
    }
  })();
  for (let group = 0; group < many / 6; group += 1)
    await Promise.all(Array.from({ length: 6 }, join));
  writer.abort();
  await writing;
  await feed.catchUp(room);
  await expect.poll(() => sessions.every(hasAll)).toBe(true);
  expect(asked).toMatchObject({ access: many, refresh: 0 });
  for (const session of sessions) expect(seqsOf(session)).toEqual(stored.map(({ seq }) => seq));
});

test("[R4] what nobody here was told of is looked up by one look for all who join", async () => {
  for (let count = 0; count < 5; count += 1) store();
  await Promise.all(Array.from({ length: many }, join));
  // One page and the look that finds no more; the rest are the replays, a page each.
  expect(asked).toEqual({
    access: many,
    refresh: 0,
    looks: 2 + many,
    looksAtOnce: 1,
  });
  for (const session of sessions) expect(seqsOf(session)).toEqual([1, 2, 3, 4, 5]);
});

test("[R2] a class that nobody here was told of is read once for all who join", async () => {
  room.liveClass = classOf();
  running = classOf();
  await Promise.all(Array.from({ length: many }, join));
  expect(asked).toMatchObject({ access: 2 * many, refresh: 1 });
  expect(room.liveClass).toEqual(running);
});

test("[P4] who comes first after a class began does not keep it from those who are there", async () => {
  fakeStay(room);
  running = classOf();
  await join();
  expect(asked.refresh).toBe(1);
});
