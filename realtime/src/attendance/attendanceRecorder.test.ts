import { randomUUID } from "node:crypto";
import type { AttendanceBeat, AttendanceRow } from "@darasa/database";
import { DarasaError, type LiveClassId, type RoomId } from "@darasa/protocol";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { meshStage } from "../../test/support/meshStage.ts";
import { fakeSession, fakeStay, schoolId } from "../../test/support/fakeSession.ts";
import type { Room, Stay } from "../room/room.ts";
import { createRoomRegistry, type RoomRegistry } from "../room/roomRegistry.ts";
import { AttendanceRecorder } from "./attendanceRecorder.ts";

let rooms: RoomRegistry;
let room: Room;
let written: AttendanceRow[];
/** With how many rows were written before it. */
let beats: (AttendanceBeat & { readonly rowsBefore: number })[];
let nowMs: number;
/** By how much this machine's clock, and the database's, are off. */
let machineOffMs: number;
let databaseOffMs: number;
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
  machineOffMs = databaseOffMs = 0;
  recorder = new AttendanceRecorder({
    rooms,
    record: async (rows) => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      written.push(...rows);
      return nowMs + databaseOffMs;
    },
    recordBeats: async (some) => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      for (const beat of some) beats.push({ ...beat, rowsBefore: written.length });
      return nowMs + databaseOffMs;
    },
    readTime: async () => {
      await Promise.resolve();
      if (isAway) throw new DarasaError("unavailable");
      return nowMs + databaseOffMs;
    },
    log: () => undefined,
    now: () => nowMs + machineOffMs,
    uptimeMs: () => nowMs,
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

const minuteMs = 60_000;

/** The stays by what was written: of each session from when to when; ms. */
function stretches(): readonly (readonly [number, number])[] {
  const sessions = Map.groupBy(written, ({ sessionId }) => sessionId);
  return [...sessions.values()].map((rows) => {
    const at = (kind: AttendanceRow["kind"]) => rows.find((row) => row.kind === kind)?.atMs ?? NaN;
    return [at("joined"), at("left")] as const;
  });
}

/** Somebody is there for forty minutes, and half-way something happens. */
async function stayWhile(happens: () => void): Promise<void> {
  const stay = fakeStay(room);
  recorder.entered(stay);
  await recorder.flush();
  nowMs += 20 * minuteMs;
  happens();
  recorder.beat();
  await recorder.flush();
  nowMs += 20 * minuteMs;
  recorder.left(stay);
  departFrom(stay);
  await recorder.flush();
}

function departFrom(stay: Stay): void {
  room.stays.delete(stay.session.sessionId);
}

describe("whoever sets a clock during a class", () => {
  test.each([-10, 10])("this machine's by %i minutes: nothing changes", async (minutes) => {
    const enteredAtMs = nowMs;
    await stayWhile(() => (machineOffMs = minutes * minuteMs));
    expect(stretches()).toEqual([[enteredAtMs, enteredAtMs + 40 * minuteMs]]);
    expect(beats).toMatchObject([{ atMs: enteredAtMs + 20 * minuteMs }]);
  });

  test("this machine's is wrong from the start: the class's own time holds, for what came before it was known, too", async () => {
    machineOffMs = -10 * minuteMs;
    isAway = true;
    const stay = fakeStay(room);
    recorder.entered(stay);
    recorder.beat();
    await expect(recorder.flush()).rejects.toThrow(DarasaError);
    nowMs += minuteMs;
    recorder.left(stay);
    isAway = false;
    await recorder.flush();
    expect(stretches()).toEqual([[7, 7 + minuteMs]]);
    expect(beats).toMatchObject([{ atMs: 7 }]);
  });

  test.each([
    [
      -10,
      [
        [0, 20],
        [10, 30],
      ],
    ],
    [
      10,
      [
        [0, 20],
        [30, 50],
      ],
    ],
  ] as const)(
    "the database's by %i minutes: who is there goes over to the new time",
    async (minutes, expected) => {
      await stayWhile(() => (databaseOffMs = minutes * minuteMs));
      const asMinutes = stretches().map((ends) => ends.map((atMs) => (atMs - 7) / minuteMs));
      expect(asMinutes).toEqual(expected);
    },
  );

  test("the database's: beats speak of those who went over, and a session that comes back is another", async () => {
    const [stays, gone] = [[fakeStay(room), fakeStay(room)], fakeStay(room)];
    for (const stay of [...stays, gone]) recorder.entered(stay);
    recorder.left(gone);
    departFrom(gone);
    await recorder.flush();
    databaseOffMs = -10 * minuteMs;
    recorder.beat();
    await recorder.flush();
    written.length = beats.length = 0;
    recorder.entered(fakeStay(room, gone.session));
    recorder.beat();
    await recorder.flush();
    expect(written[0]?.sessionId).not.toBe(gone.session.sessionId);
    expect(beats).toMatchObject([{ holderId: written[0]?.holderId, atMs: 7 - 10 * minuteMs }]);
  });

  test("an answer that was long on its way is no reason to think that somebody did", async () => {
    const stay = fakeStay(room);
    recorder.entered(stay);
    await recorder.flush();
    recorder.beat();
    const flushed = recorder.flush();
    nowMs += 2_900;
    await flushed;
    recorder.left(stay);
    await recorder.flush();
    expect(stretches()).toHaveLength(1);
  });
});
