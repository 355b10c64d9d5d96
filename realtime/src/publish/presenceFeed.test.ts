import type { PresenceEvent, RoomEvent, RoomId } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import { leave, updateParticipant } from "../room/people.ts";
import type { Room } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { createLocalPublisher } from "./localPublisher.ts";
import { createPresenceFeed, type PresenceFeed } from "./presenceFeed.ts";

const roomId = "room" as RoomId;
let clockMs: number;
let rooms: RoomRegistry;
let room: Room;
let feed: PresenceFeed;
let events: PresenceEvent[];
beforeEach(() => {
  vi.useFakeTimers();
  clockMs = 1_000_000;
  events = [];
  rooms = createRoomRegistry();
  room = rooms.hold(schoolId, roomId);
  const publisher = createLocalPublisher((_channel, frame) => {
    const event = JSON.parse(String(frame)) as RoomEvent;
    if (event.type === "presence") events.push(event);
  });
  feed = createPresenceFeed({
    publisher,
    rooms,
    intervalMs: 250,
    hallIntervalMs: 1_000,
    changedHere: () => undefined,
    now: () => clockMs,
  });
  return () => vi.useRealTimers();
});

function pass(ms: number): void {
  clockMs += ms;
  vi.advanceTimersByTime(ms);
}

test("[P2] the first change is told at once, those of the next 250 ms together", () => {
  const people = Array.from({ length: 30 }, () => fakeStay(room).session.identity.participantId);
  feed.changed(room, people[0] ?? ("" as never));
  pass(0);
  expect(events).toHaveLength(1);
  for (const id of people) {
    feed.changed(room, id);
    pass(1);
  }
  expect(events).toHaveLength(1);
  pass(250);
  expect(events).toHaveLength(2);
  expect(events[1]?.present).toHaveLength(30);
});

test("[P2] what is told is the state at the telling: a change that was undone shows as it is now", () => {
  const session = fakeSession();
  const { participantId } = session.identity;
  const stay = fakeStay(room, session);
  leave(stay);
  feed.changed(room, participantId);
  fakeStay(room, session);
  updateParticipant(room, participantId, { handRaisedAtMs: 5 });
  feed.changed(room, participantId);
  pass(0);
  expect(events).toMatchObject([{ present: [{ participantId, handRaisedAtMs: 5 }], gone: [] }]);
});

test("[P2] who has left is gone", () => {
  const stay = fakeStay(room);
  leave(stay);
  feed.changed(room, stay.session.identity.participantId);
  pass(0);
  expect(events).toMatchObject([{ present: [], gone: [stay.session.identity.participantId] }]);
});

test("a room whose last change is not told yet is kept, so that nobody comes back to another", () => {
  const stay = fakeStay(room);
  leave(stay);
  feed.changed(room, stay.session.identity.participantId);
  rooms.release(room);
  expect(rooms.find(schoolId, roomId)).toBe(room);
  pass(0);
  expect(rooms.find(schoolId, roomId)).toBeUndefined();
});
