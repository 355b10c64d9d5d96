import { randomUUID } from "node:crypto";
import type { AttendanceRow } from "@darasa/database";
import { DarasaError, type LiveClassId, type RoomId } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import type { Room } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { AttendanceRecorder } from "./attendanceRecorder.ts";

let rooms: RoomRegistry;
let room: Room;
let written: AttendanceRow[];
let isAway: boolean;
let recorder: AttendanceRecorder;
beforeEach(() => {
  rooms = createRoomRegistry();
  room = rooms.hold(schoolId, randomUUID() as RoomId);
  const permissions = { drawing: "everyone", chatLocked: false } as const;
  room.liveClass = { liveClassId: "class" as LiveClassId, permissions, video: "mesh" };
  written = [];
  isAway = false;
  recorder = new AttendanceRecorder({
    rooms,
    record: async (rows) => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      written.push(...rows);
    },
    log: () => undefined,
    now: () => 7,
  });
});

test("joins, heartbeats and leaves are written, of those who are in the class", async () => {
  const stay = fakeStay(room);
  const looking = fakeStay(room, fakeSession());
  looking.inClass = false;
  recorder.entered(stay);
  recorder.entered(looking);
  recorder.beat();
  recorder.left(stay);
  recorder.left(looking);
  await recorder.flush();
  const { participantId } = stay.session.identity;
  expect(written.map(({ kind }) => kind)).toEqual(["joined", "seen", "left"]);
  for (const row of written)
    expect(row).toMatchObject({ participantId, liveClassId: "class", atMs: 7 });
});

test("while the database is away rows are kept, and written in order when it is back", async () => {
  isAway = true;
  const stay = fakeStay(room);
  recorder.entered(stay);
  await expect(recorder.flush()).rejects.toThrow(DarasaError);
  recorder.beat();
  recorder.left(stay);
  isAway = false;
  await vi.waitFor(() => expect(recorder.waiting).toBe(0), { timeout: 5_000 });
  expect(written.map(({ kind }) => kind)).toEqual(["joined", "seen", "left"]);
});

test("what waits is bounded, and heartbeats are given up before joins and leaves", () => {
  isAway = true;
  const stays = Array.from({ length: 1_000 }, () => fakeStay(room));
  for (const stay of stays) recorder.entered(stay);
  for (let beat = 0; beat < 100; beat += 1) recorder.beat();
  expect(recorder.waiting).toBeLessThanOrEqual(100_000);
  expect(recorder.dropped).toBeGreaterThan(0);
  recorder.left(stays[0] ?? fakeStay(room));
  expect(recorder.waiting).toBeGreaterThanOrEqual(1_001);
});
