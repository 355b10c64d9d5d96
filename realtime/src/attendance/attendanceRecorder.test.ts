import { randomUUID } from "node:crypto";
import type { AttendanceBeat, AttendanceRow } from "@darasa/database";
import { DarasaError, type LiveClassId, type RoomId } from "@darasa/protocol";
import { beforeEach, expect, test, vi } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import type { Room } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { AttendanceRecorder } from "./attendanceRecorder.ts";

let rooms: RoomRegistry;
let room: Room;
let written: AttendanceRow[];
/** With how many rows were written before it. */
let beats: (AttendanceBeat & { readonly rowsBefore: number })[];
let nowMs: number;
let isAway: boolean;
let recorder: AttendanceRecorder;
beforeEach(() => {
  rooms = createRoomRegistry();
  room = rooms.hold(schoolId, randomUUID() as RoomId);
  const permissions = { drawing: "everyone", chatLocked: false } as const;
  room.liveClass = { liveClassId: "class" as LiveClassId, permissions, stage: meshStage };
  written = [];
  beats = [];
  isAway = false;
  nowMs = 7;
  recorder = new AttendanceRecorder({
    rooms,
    record: async (rows) => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      written.push(...rows);
    },
    recordBeats: async (some) => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      for (const beat of some) beats.push({ ...beat, rowsBefore: written.length });
    },
    log: () => undefined,
    now: () => nowMs,
    newId: randomUUID,
  });
});

test("joins and leaves are written, of those who are in the class", async () => {
  const stay = fakeStay(room);
  const looking = fakeStay(room, fakeSession());
  looking.inClass = false;
  recorder.entered(stay);
  recorder.entered(looking);
  recorder.left(stay);
  recorder.left(looking);
  await recorder.flush();
  const { participantId } = stay.session.identity;
  expect(written.map(({ kind }) => kind)).toEqual(["joined", "left"]);
  for (const row of written)
    expect(row).toMatchObject({ participantId, liveClassId: "class", atMs: 7 });
});

test("one beat speaks for all who are in the class, and one row of a teacher keeps it alive", async () => {
  const stays = [fakeStay(room), fakeStay(room), fakeStay(room)];
  const teachers = [
    fakeStay(room, fakeSession(), { role: "teacher" }),
    fakeStay(room, fakeSession(), { role: "teacher" }),
  ];
  for (const stay of [...stays, ...teachers]) recorder.entered(stay);
  await recorder.flush();
  written.length = 0;
  nowMs = 30_007;
  recorder.beat();
  await recorder.flush();
  expect(written.map(({ kind }) => kind)).toEqual(["seen"]);
  expect(teachers.map(({ session }) => session.identity.participantId)).toContain(
    written[0]?.participantId,
  );
  expect(beats).toEqual([
    { schoolId, liveClassId: "class", holderId: written[0]?.holderId, atMs: 30_007, rowsBefore: 1 },
  ]);
});

test("nobody in the class: no beat", async () => {
  const looking = fakeStay(room);
  looking.inClass = false;
  recorder.beat();
  await recorder.flush();
  expect(beats).toEqual([]);
});

test("a beat is written after all that came before it, and only the newest", async () => {
  isAway = true;
  const [stay, other] = [fakeStay(room), fakeStay(room)];
  recorder.entered(stay);
  recorder.entered(other);
  recorder.beat();
  recorder.left(stay);
  nowMs = 30_007;
  recorder.beat();
  await expect(recorder.flush()).rejects.toThrow(DarasaError);
  isAway = false;
  await recorder.flush();
  expect(beats).toMatchObject([{ atMs: 30_007, rowsBefore: 3 }]);
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
  expect(written.map(({ kind }) => kind)).toEqual(["joined", "left"]);
});

test("what waits is bounded, and heartbeats are given up before joins and leaves", () => {
  isAway = true;
  const teacher = fakeStay(room, fakeSession(), { role: "teacher" });
  recorder.entered(teacher);
  for (let beat = 0; beat < 100_000; beat += 1) recorder.beat();
  expect(recorder.waiting).toBeLessThanOrEqual(100_000);
  expect(recorder.dropped).toBeGreaterThan(0);
  recorder.left(teacher);
  expect(recorder.unwritten.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(["joined", "left"]),
  );
});

test("who has lost rows speaks for nobody of before: all are written down anew, under another holder", async () => {
  const stays = [fakeStay(room), fakeStay(room)];
  const [stay = fakeStay(room)] = stays;
  for (const one of stays) recorder.entered(one);
  await recorder.flush();
  const [before] = written;
  isAway = true;
  recorder.beat();
  await expect(recorder.flush()).rejects.toThrow(DarasaError);
  for (let row = 0; row <= 100_000; row += 1) recorder.left(stay);
  expect(recorder.dropped).toBeGreaterThan(0);
  recorder.beat();
  isAway = false;
  await recorder.flush();
  expect(beats).toEqual([]);
  written.length = 0;
  recorder.beat();
  await recorder.flush();
  expect(written.map(({ kind }) => kind)).toEqual(["seen", "seen"]);
  const [holderId] = new Set(written.map((row) => row.holderId));
  expect(holderId).not.toBe(before?.holderId);
  expect(beats).toMatchObject([{ holderId, rowsBefore: 2 }]);
});
