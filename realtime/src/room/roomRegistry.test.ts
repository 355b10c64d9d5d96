import type { RoomId, SchoolId } from "@darasa/protocol";
import { expect, test } from "vitest";
import { createRoomRegistry } from "./roomRegistry.ts";

const here = "school" as SchoolId;
const there = "neighbour" as SchoolId;
const roomId = "room" as RoomId;

test("a room is one value for as long as somebody holds it", () => {
  const registry = createRoomRegistry();
  const first = registry.hold(here, roomId);
  expect(registry.hold(here, roomId)).toBe(first);
  registry.release(first);
  expect(registry.find(here, roomId)).toBe(first);
  registry.release(first);
  expect(registry.find(here, roomId)).toBeUndefined();
  expect(registry.size).toBe(0);
});

test("two schools' rooms are two rooms, were their ids the same", () => {
  const registry = createRoomRegistry();
  expect(registry.hold(here, roomId)).not.toBe(registry.hold(there, roomId));
});

test("letting go of a room that was forgotten does not touch its successor", () => {
  const registry = createRoomRegistry();
  const former = registry.hold(here, roomId);
  registry.release(former);
  const next = registry.hold(here, roomId);
  registry.release(former);
  expect(registry.find(here, roomId)).toBe(next);
});
