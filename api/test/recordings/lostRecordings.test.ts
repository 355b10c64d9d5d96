import { join } from "node:path";
import type { StandInEgress } from "@darasa/database/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readMediaRoomName } from "../../src/media/mediaRoomName.ts";
import { reconcileRecordings } from "../../src/recordings/reconcileRecordings.ts";
import { startClassOn, type LiveKitClass } from "../media/liveKitApi.ts";
import type { TestApi } from "../testApi.ts";
import {
  egressInfo,
  record,
  recordingsOf,
  startRecordingApi,
  tellEgress,
  type RecordingApi,
} from "./recordedClass.ts";

let world: RecordingApi;
let api: TestApi;
let egress: StandInEgress;
let live: LiveKitClass;
beforeAll(async () => {
  world = await startRecordingApi();
  ({ api, egress } = world);
});
afterAll(() => world.close());
beforeEach(async () => {
  egress.asked.length = 0;
  egress.known = [];
  live = await startClassOn(api);
});
afterEach(() => api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher }));

const pathOf = (id: string, partNo = 1) =>
  join(world.folder, api.db.schoolId, id, `${String(partNo)}.mp4`);
const act = (id: string, verb: string) =>
  api.call(`POST /api/live-classes/${live.id}/recordings/${id}/${verb}`, { as: live.teacher });
const shownNow = async () => (await recordingsOf(api, live)).recordings[0];
const stateOf = async () => (await shownNow())?.state;
const reconcile = () => {
  const room = readMediaRoomName(live.room);
  return room ? reconcileRecordings(api.services, room) : Promise.reject(new Error("no room"));
};
/** What the operator was told of a class's recordings. */
const linesOf = ({ id }: LiveKitClass): readonly Record<string, unknown>[] =>
  world.log
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ liveClassId, egress: words }) => liveClassId === id && words !== undefined);

describe("a recording that could not be saved", () => {
  const refusal = "S3 upload failed: NoSuchBucket: The specified bucket does not exist";
  const refused = (path: string) => ({
    event: "egress_ended",
    status: "EGRESS_FAILED",
    path,
    seconds: 90,
    more: { error: refusal, errorCode: 400, details: "End reason: StopEgress API" },
  });

  test("is lost, not empty, and the operator reads once in Egress' words why", async () => {
    const id = await record(api, live);
    await act(id, "stop");
    const told = refused(pathOf(id));
    await tellEgress(api, live, told);
    await tellEgress(api, live, told);
    const shown = await shownNow();
    expect(shown).toMatchObject({ state: "lost", parts: 0, lostParts: 1, brokeOff: false });
    expect(linesOf(live)).toEqual([
      expect.objectContaining({
        level: "error",
        msg: "a recording could not be saved",
        schoolId: api.db.schoolId,
        egressId: "EG_1",
        egress: `EGRESS_FAILED: ${refusal}: End reason: StopEgress API`,
      }),
    ]);
  });

  test("is found out by the next look, too, where the webhook was lost", async () => {
    const id = await record(api, live);
    await act(id, "stop");
    egress.known = [egressInfo(live.room, refused(pathOf(id)))];
    await reconcile();
    await reconcile();
    expect([await stateOf(), linesOf(live).length]).toEqual(["lost", 1]);
  });

  test("in one of its parts is ready without that, and says so", async () => {
    const id = await record(api, live);
    await act(id, "pause");
    await tellEgress(api, live, refused(pathOf(id)));
    await act(id, "resume");
    await act(id, "stop");
    const second = {
      status: "EGRESS_COMPLETE",
      egressId: "EG_3",
      path: pathOf(id, 2),
      seconds: 30,
    };
    await tellEgress(api, live, { event: "egress_ended", ...second });
    const shown = await shownNow();
    expect(shown).toMatchObject({ state: "ready", durationMs: 30_000, parts: 1, lostParts: 1 });
  });

  test("where we look, as it lies in the backup storage of Egress, is lost to us", async () => {
    const id = await record(api, live);
    await act(id, "stop");
    const told = { status: "EGRESS_COMPLETE", path: pathOf(id), seconds: 90 };
    await tellEgress(api, live, {
      event: "egress_ended",
      ...told,
      more: { backupStorageUsed: true },
    });
    expect(await stateOf()).toBe("lost");
    expect(linesOf(live)[0]?.["egress"]).toContain("backup storage of Egress");
  });

  test("can be deleted as one that was", async () => {
    const id = await record(api, live);
    await act(id, "stop");
    await tellEgress(api, live, refused(pathOf(id)));
    const path = `/api/rooms/${api.db.rooms.mathematics.roomId}/recordings/${id}`;
    expect((await api.call(`DELETE ${path}`, { as: live.teacher })).status).toBe(204);
    expect((await recordingsOf(api, live)).recordings).toEqual([]);
  });
});

describe("a recording that ended before its time", () => {
  test("when Egress' was over is kept till then, and known to have ended by itself", async () => {
    const path = pathOf(await record(api, live));
    const limit = { status: "EGRESS_LIMIT_REACHED", more: { error: "Session limit reached" } };
    await tellEgress(api, live, { event: "egress_ended", path, seconds: 60, ...limit });
    const shown = await shownNow();
    expect(shown).toMatchObject({ state: "ready", parts: 1, lostParts: 0, brokeOff: true });
    expect(linesOf(live)).toEqual([
      expect.objectContaining({
        level: "warn",
        egress: "EGRESS_LIMIT_REACHED: Session limit reached",
      }),
    ]);
  });

  test("or before it began has nothing to lose", async () => {
    const id = await record(api, live);
    await act(id, "stop");
    const more = { error: "Stop called before pipeline could start", errorCode: 412 };
    const told = { status: "EGRESS_ABORTED", path: pathOf(id), more };
    await tellEgress(api, live, { event: "egress_ended", ...told });
    const shown = await shownNow();
    expect(shown).toMatchObject({ state: "failed", lostParts: 0, brokeOff: false });
  });
});
