import { randomUUID } from "node:crypto";
import { asSuperuser } from "@darasa/database/testing";
import type { LiveClassId } from "@darasa/protocol";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { computeAttendance } from "../../src/attendance/computeAttendance.ts";
import { loadAttendanceEvents } from "../../src/attendance/store.ts";
import {
  closeStays,
  storeBeat,
  storeStays,
  type MediaHall,
  type MediaStay,
} from "../../src/media/mediaAttendance.ts";
import type { TestApi } from "../testApi.ts";
import { startLiveKitClass, type LiveKitClass } from "./liveKitApi.ts";

const secondMs = 1_000;
const minuteMs = 60_000;

let api: TestApi;
let live: LiveKitClass;
/** When the student was let in, by Postgres' clock; the class had run for an hour. */
let letInAtMs: number;
beforeAll(async () => {
  ({ api, live } = await startLiveKitClass());
  letInAtMs = Date.now() - 30 * minuteMs;
  const at = new Date(letInAtMs).toISOString();
  const set = (change: string) =>
    asSuperuser(api.db, `update ${change} where live_class_id = $1`, [live.id]);
  await set(`live_classes set started_at = '${at}'::timestamptz - interval '1 hour'`);
  await set(`live_class_participants set admitted_at = '${at}'::timestamptz`);
});
afterAll(() => api.close());

let hall: MediaHall;
let sessionId: string;
beforeEach(async () => {
  await asSuperuser(api.db, "delete from attendance_events where live_class_id = $1", [live.id]);
  [hall, sessionId] = [
    { source: "livekit", liveClassId: live.id as LiveClassId, holderId: randomUUID() },
    randomUUID(),
  ];
});

const inSchool: TestApi["db"]["database"]["inSchool"] = (schoolId, work) =>
  api.db.database.inSchool(schoolId, work);
/** What LiveKit tells, all of it by its own clock. */
const tell = (stay: Omit<MediaStay, "participantId" | "sessionId">) =>
  inSchool(api.db.schoolId, (tx) =>
    storeStays(tx, hall, [{ ...stay, participantId: live.student.id, sessionId }]),
  );
/** A look that finds them there, or not. */
const look = (atMs: number, isThere: boolean) =>
  inSchool(api.db.schoolId, async (tx) => {
    const except = isThere ? [sessionId] : [];
    await closeStays(tx, { ...hall, except, begunBeforeMs: atMs - 10 * secondMs });
    await storeBeat(tx, hall, atMs);
  });

/** In the register, in ms since they were let in. */
async function segments() {
  const events = await inSchool(api.db.schoolId, (tx) =>
    loadAttendanceEvents(tx, live.id as LiveClassId),
  );
  const time = { startedAtMs: 0, endedAtMs: Date.now() };
  const found = computeAttendance(events, time, Date.now()).get(live.student.id)?.segments ?? [];
  return found.map(({ fromMs, toMs }) => [fromMs - letInAtMs, toMs - letInAtMs] as const);
}

describe.each([0, 0.2, 1, 4, 10])("a LiveKit whose clock is %d minutes behind", (minutes) => {
  const skewMs = minutes * minuteMs;
  const [cameMs, seenMs, wentMs] = [3 * secondMs, 10 * minuteMs, 10 * minuteMs + 8 * secondMs];
  const told = (ms: number) => letInAtMs + ms - skewMs;
  const came = () => ({ joinedAtMs: told(cameMs), seenAtMs: told(cameMs), hasLeft: false });
  const went = () => ({ joinedAtMs: told(cameMs), seenAtMs: told(wentMs), hasLeft: true });
  /** Nobody is there for longer than they were, and nobody loses more than what is between two looks. */
  const expectTruth = async () => {
    const [[fromMs, toMs] = [NaN, NaN], ...more] = await segments();
    expect(more).toEqual([]);
    expect(fromMs).toBeGreaterThanOrEqual(0);
    expect(fromMs).toBeLessThanOrEqual(cameMs);
    expect(toMs).toBeGreaterThanOrEqual(seenMs);
    expect(toMs).toBeLessThanOrEqual(wentMs);
  };

  test("puts nobody there before they were let in, nor away before they were last seen", async () => {
    await tell(came());
    await look(letInAtMs + seenMs, true);
    await tell(went());
    await expectTruth();
  });

  test("adds no time by a word of leaving that comes after the look that missed them", async () => {
    await tell(came());
    await look(letInAtMs + seenMs, true);
    await look(letInAtMs + seenMs + 20 * secondMs, false);
    await tell(went());
    await expectTruth();
  });
});

test("who came and went between two looks is not there at the second", async () => {
  const joinedAtMs = letInAtMs + minuteMs;
  await tell({ joinedAtMs, seenAtMs: joinedAtMs, hasLeft: false });
  await look(joinedAtMs + 6 * secondMs, false);
  await tell({ joinedAtMs, seenAtMs: joinedAtMs + 5 * secondMs, hasLeft: true });
  expect(await segments()).toEqual([[minuteMs, minuteMs + 5 * secondMs]]);
});
