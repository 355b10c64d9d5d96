import { randomUUID } from "node:crypto";
import type { BoardId, RoomId, SchoolId } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { createBoardHome, type BoardHome } from "./boardHome.ts";
import { makeBoardPlace } from "./boardPlace.ts";

const place = makeBoardPlace({
  schoolId: randomUUID() as SchoolId,
  roomId: randomUUID() as RoomId,
  boardId: randomUUID() as BoardId,
});
let clockMs: number;
let isServed: boolean;
let done: string[];
let home: BoardHome;
beforeEach(() => {
  vi.useFakeTimers();
  clockMs = 0;
  isServed = true;
  done = [];
  home = createBoardHome({
    say: () => done.push("claimed"),
    isServed: () => isServed,
    letGo: () => done.push("let go"),
    uptimeMs: () => clockMs,
    log: () => done.push("warned"),
    restMs: 60_000,
  });
  return () => {
    home.stop();
    vi.useRealTimers();
  };
});

function pass(ms: number): void {
  clockMs += ms;
  vi.advanceTimersByTime(ms);
}

test("a board that somebody comes to is claimed, and let go when another node claims it", () => {
  home.came(place);
  home.servedElsewhere(place.name);
  expect(done).toEqual(["claimed", "let go"]);
});

test("what had to be let go is claimed a minute later, and only if somebody is still there", () => {
  home.servedElsewhere(place.name);
  home.came(place);
  home.came(place);
  expect(done).toEqual(["let go", "warned"]);
  pass(60_000);
  expect(done).toEqual(["let go", "warned", "claimed"]);
  home.servedElsewhere(place.name);
  home.came(place);
  isServed = false;
  pass(60_000);
  expect(done).toEqual(["let go", "warned", "claimed", "let go", "warned"]);
});

test("a copy that nobody looks at is let go too, and claimed at once when somebody comes", () => {
  isServed = false;
  home.servedElsewhere(place.name);
  isServed = true;
  home.came(place);
  expect(done).toEqual(["let go", "claimed"]);
});
