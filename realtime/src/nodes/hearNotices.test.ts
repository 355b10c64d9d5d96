import { randomUUID } from "node:crypto";
import type { ParticipantId, RoomEvent, RoomId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { schoolId } from "../../test/support/fakeSession.ts";
import { createRoomRegistry } from "../room/roomRegistry.ts";
import { createNodeListener } from "./hearNotices.ts";
import type { NodeId, NodeNotice, RoomNotice } from "./nodeBus.ts";

const from = randomUUID() as NodeId;
const id = randomUUID();

function listen() {
  const rooms = createRoomRegistry();
  const room = rooms.hold(schoolId, randomUUID() as RoomId);
  const heard: unknown[] = [];
  const listener = createNodeListener({
    rooms,
    log: () => undefined,
    ears: {
      room: (_room, notice) => void heard.push(notice),
      node: (notice) => void heard.push(notice),
      followed: () => undefined,
      missed: () => undefined,
    },
  });
  return { room, heard, listener };
}

const participant = {
  participantId: id,
  name: "Neema",
  role: "student",
  joinedAtMs: 1,
  inClass: true,
  drawAllowed: false,
  handRaisedAtMs: null,
  media: { microphone: false, camera: false, screen: false },
  context: "class",
  idle: false,
};
const part = { participant, placeSaid: 1, handSaid: 0, mediaSaid: 0, contextSaid: 1 };
const message = {
  seq: 1,
  messageId: id,
  clientId: "c",
  senderId: id,
  senderName: "Neema",
  body: "Habari",
  sentAtMs: 1,
};
const seat = { sessionId: id, participantId: id, joinedAtMs: 1 };
const memory = { participantId: id, handRaisedAtMs: 1, handSaid: 1, joinedAtMs: 1 };

const good: Readonly<Record<string, object>> = {
  messages: { messages: [message] },
  who: { of: null },
  delta: { previous: 0, version: 1, present: [part], gone: [id], memories: [memory] },
  slice: { version: 1, piece: 0, isLast: true, present: [part], memories: [memory] },
  digest: { version: 1, count: 1, seats: [seat] },
  seats: { seats: [seat] },
  signal: { from: id, to: id, signal: { generation: 1 } },
  mute: { participantId: null, track: "camera", byName: "Neema" },
  lowerHand: { participantId: id },
};

test.each(Object.entries(good))("%s is heard as it was said", (kind, fields) => {
  const { room, heard, listener } = listen();
  const notice = { kind, ...fields } as RoomNotice;
  listener.heard(room.channel, from, notice);
  expect(heard).toEqual([notice]);
});

test("what is said to all is heard as it was said", () => {
  const { heard, listener } = listen();
  const notices: NodeNotice[] = [
    { kind: "drawn", draws: [{ who: id as ParticipantId, group: "chat", tokens: 1.5 }] },
    { kind: "board", schoolId, boardId: id as never },
  ];
  for (const notice of notices) listener.heardByAll(from, notice);
  expect(heard).toEqual(notices);
});

test.each<[string, object]>([
  [
    "people of whom something is missing",
    { ...good["delta"], kind: "delta", present: [{ ...part, participant: { participantId: id } }] },
  ],
  [
    "people with a role that nobody has",
    {
      ...good["slice"],
      kind: "slice",
      present: [{ ...part, participant: { ...participant, role: "king" } }],
    },
  ],
  ["counters that are none", { ...good["delta"], kind: "delta", version: "2" }],
  ["a message without its number", { kind: "messages", messages: [{ ...message, seq: "1" }] }],
  ["messages that are none", { kind: "messages", messages: null }],
  ["seats that are none", { kind: "digest", version: 1, count: 1, seats: [null] }],
  ["a track that nobody has", { ...good["mute"], kind: "mute", track: "constructor" }],
  ["an event that is none", { kind: "event", event: null }],
  ["a kind that every object has", { kind: "constructor" }],
])("%s: nothing comes of it", (_what, notice) => {
  const { room, heard, listener } = listen();
  listener.heard(room.channel, from, notice as RoomNotice);
  expect(heard).toEqual([]);
});

test.each<[string, object]>([
  ["draws of no number", { kind: "drawn", draws: [{ who: id, group: "chat" }] }],
  ["draws that give", { kind: "drawn", draws: [{ who: id, group: "chat", tokens: -100 }] }],
  ["a board without a school", { kind: "board", boardId: id }],
  ["a kind of a newer version", { kind: "newer", schoolId, boardId: id }],
])("to all nodes, %s: nothing comes of it", (_what, notice) => {
  const { heard, listener } = listen();
  listener.heardByAll(from, notice as NodeNotice);
  expect(heard).toEqual([]);
});

test("an event of another room is told to nobody here, and one of this room is", () => {
  const { room, heard, listener } = listen();
  const event = (roomId: string) => ({ type: "head", room: roomId, seq: 1 }) as RoomEvent;
  const participantId = id as ParticipantId;
  listener.heard(room.channel, from, { kind: "event", event: event(randomUUID()) });
  listener.heard(room.channel, from, { kind: "tell", participantId, event: event(randomUUID()) });
  expect(heard).toEqual([]);
  const told: RoomNotice = { kind: "tell", participantId, event: event(room.roomId) };
  listener.heard(room.channel, from, told);
  expect(heard).toEqual([told]);
});

test("what is said in the name of no node is not heard", () => {
  const { room, heard, listener } = listen();
  listener.heard(room.channel, "nobody" as NodeId, { kind: "who", of: null });
  expect(heard).toEqual([]);
});
