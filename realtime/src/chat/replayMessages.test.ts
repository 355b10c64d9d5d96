import { randomUUID } from "node:crypto";
import {
  DarasaError,
  type ChatMessage,
  type ParticipantId,
  type ReplayEvent,
  type RoomId,
} from "@darasa/protocol";
import { beforeEach, expect, test } from "vitest";
import {
  fakeSession,
  fakeStay,
  schoolId,
  type FakeSession,
} from "../../test/support/fakeSession.ts";
import { createLocalPublisher } from "../publish/localPublisher.ts";
import type { Publisher } from "../publish/publisher.ts";
import type { RoomHistory } from "../room/history.ts";
import { type Room, type Stay, newRoom } from "../room/room.ts";
import { createReplay } from "./replayMessages.ts";

const all = Array.from({ length: 10 }, (_, index): ChatMessage => ({
  seq: index + 1,
  messageId: randomUUID(),
  clientId: "c",
  senderId: "s" as ParticipantId,
  senderName: "S",
  body: "b",
  sentAtMs: 0,
}));

let publisher: Publisher;
let room: Room;
let session: FakeSession;
let stay: Stay;
let onPage: () => void;
beforeEach(() => {
  publisher = createLocalPublisher(() => undefined);
  room = newRoom(schoolId, randomUUID() as RoomId);
  session = fakeSession();
  stay = fakeStay(room, session);
  stay.backlog = publisher.gather(room.channel, () => undefined);
  onPage = () => undefined;
});

const loadPage: RoomHistory["loadPage"] = (_room, { fromSeq, throughSeq }) => {
  onPage();
  const page = all.filter(({ seq }) => seq >= fromSeq && seq <= throughSeq).slice(0, 4);
  return Promise.resolve(page);
};
const history: RoomHistory = {
  loadRecent: () => Promise.resolve([]),
  loadPage,
  loadHeads: () => Promise.resolve(new Map()),
};

async function replay(fromSeq: number, throughSeq: number): Promise<void> {
  const firstPage = await loadPage(room, { fromSeq, throughSeq });
  await createReplay({ history, log: () => undefined })(stay, { fromSeq, throughSeq, firstPage });
}

const pages = () => session.told.filter((event): event is ReplayEvent => event.type === "replay");

test("[R4] pages come in order, the last says so, and then what happened meanwhile", async () => {
  onPage = () => publisher.publish(room.channel, { type: "head", room: room.roomId, seq: 11 });
  await replay(2, 10);
  expect(pages().map(({ messages }) => messages.map(({ seq }) => seq))).toEqual([
    [2, 3, 4, 5],
    [6, 7, 8, 9],
    [10],
  ]);
  expect(pages().map(({ done }) => done)).toEqual([false, false, true]);
  expect(session.told.slice(3).map(({ type }) => type)).toEqual(["head", "head", "head"]);
  expect([...session.channels]).toEqual([room.channel]);
  expect(stay.backlog).toBeNull();
});

test("[R4] who missed nothing is told so", async () => {
  await replay(11, 10);
  expect(pages()).toEqual([{ type: "replay", room: room.roomId, messages: [], done: true }]);
  expect([...session.channels]).toEqual([room.channel]);
});

test("[R5] a later join of the session ends the replay of the former", async () => {
  onPage = () => (stay.backlog = publisher.gather(room.channel, () => undefined));
  await replay(1, 10);
  expect(pages().length).toBeLessThan(3);
  expect(session.channels.size).toBe(0);
});

test("who has left is not replayed to, and subscribes to nothing", async () => {
  onPage = () => (stay.isPresent = false);
  await replay(1, 10);
  expect(session.told).toEqual([]);
  expect(session.channels.size).toBe(0);
});

test("a replay that the database ends half-way closes the connection: it comes back for the rest", async () => {
  let pagesLeft = 2;
  onPage = () => {
    pagesLeft -= 1;
    if (pagesLeft === 0) throw new DarasaError("unavailable");
  };
  await replay(1, 10);
  expect(session.closedWith.map(({ code }) => code)).toEqual([4503]);
});
