import { join } from "node:path";
import { asSuperuser, type StandInEgress } from "@darasa/database/testing";
import type { SchoolId } from "@darasa/protocol";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readMediaRoomName } from "../../src/media/mediaRoomName.ts";
import { reconcileRecordings } from "../../src/recordings/reconcileRecordings.ts";
import { sealMediaServers } from "../../src/media/mediaServers.ts";
import { collectControl } from "../collectControl.ts";
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
  egress.isDeaf = false;
  live = await startClassOn(api);
});
afterEach(() => api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher }));

const pathOf = (id: string, partNo = 1) =>
  join(world.folder, api.db.schoolId, id, `${String(partNo)}.mp4`);
const act = (id: string, verb: string) =>
  api.call(`POST /api/live-classes/${live.id}/recordings/${id}/${verb}`, { as: live.teacher });
const stateOf = async () => (await recordingsOf(api, live)).recordings[0]?.state;
const reconcile = () => {
  const room = readMediaRoomName(live.room);
  return room ? reconcileRecordings(api.services, room) : Promise.reject(new Error("no room"));
};
/** What people who come now are told. */
const toldNow = async () => {
  const answer = await api.call(`GET /api/live-classes/${live.id}`, { as: live.student });
  return (answer.body as unknown as { recording: { state: string } | null }).recording?.state;
};
/** What the people who are there are told, in its order. */
const toldWhile = async (work: () => Promise<unknown>) =>
  (await collectControl(api, work)).flatMap((message) =>
    message.kind === "stage" ? [message.stage.recording?.state ?? "off"] : [],
  );

describe("a recording", () => {
  test("is told to everybody before LiveKit is asked, and ends in a file that is listed", async () => {
    let id = "";
    expect(await toldWhile(async () => (id = await record(api, live)))).toEqual(["on"]);
    expect(egress.asked).toEqual([`Start ${pathOf(id)}`]);
    expect(await toldNow()).toBe("on");
    const path = pathOf(id);
    await tellEgress(api, live, { event: "egress_started", status: "EGRESS_STARTING", path });
    await tellEgress(api, live, { event: "egress_updated", status: "EGRESS_ACTIVE", path });
    expect(await stateOf()).toBe("on");
    expect(await toldWhile(() => act(id, "stop"))).toEqual(["off"]);
    expect(egress.asked.at(-1)).toBe("Stop EG_1");
    expect(await stateOf()).toBe("saving");
    const told = { status: "EGRESS_COMPLETE", path, bytes: 1_000, seconds: 90 };
    await tellEgress(api, live, { event: "egress_ended", ...told });
    const [shown] = (await recordingsOf(api, live)).recordings;
    expect(shown).toMatchObject({ state: "ready", durationMs: 90_000, bytes: 1_000, parts: 1 });
  });

  test("that is paused goes on in another file, and nothing is recorded meanwhile", async () => {
    const id = await record(api, live);
    expect(await toldWhile(() => act(id, "pause"))).toEqual(["paused"]);
    expect(egress.asked.at(-1)).toBe("Stop EG_1");
    // What it ends with must not be taken for the end of all.
    await tellEgress(api, live, {
      event: "egress_ended",
      status: "EGRESS_COMPLETE",
      path: pathOf(id),
      seconds: 60,
    });
    expect(await toldNow()).toBe("paused");
    expect(await toldWhile(() => act(id, "resume"))).toEqual(["on"]);
    expect(egress.asked.at(-1)).toBe(`Start ${pathOf(id, 2)}`);
    await act(id, "stop");
    const told = { status: "EGRESS_COMPLETE", egressId: "EG_3", path: pathOf(id, 2), seconds: 30 };
    await tellEgress(api, live, { event: "egress_ended", ...told });
    const [shown] = (await recordingsOf(api, live)).recordings;
    expect(shown).toMatchObject({ state: "ready", durationMs: 90_000, parts: 2 });
  });

  test("is one at a time, and acts that do not fit it are refused", async () => {
    const id = await record(api, live);
    const again = await api.call(`POST /api/live-classes/${live.id}/recordings`, {
      as: live.teacher,
    });
    expect(again.status).toBe(409);
    expect((await act(id, "resume")).status).toBe(409);
    expect((await act(id, "stop")).status).toBe(204);
    expect((await act(id, "pause")).status).toBe(409);
  });

  test("that LiveKit refuses is taken back, and everybody is told", async () => {
    egress.isDeaf = true;
    const start = () =>
      api.call(`POST /api/live-classes/${live.id}/recordings`, { as: live.teacher });
    let refused = "";
    expect(await toldWhile(async () => (refused = (await start()).body.code ?? ""))).toEqual([
      "on",
      "off",
    ]);
    expect(refused).toBe("recording_unavailable");
    expect((await recordingsOf(api, live)).recordings).toEqual([]);
  });

  test("that breaks off by itself is over, and everybody is told", async () => {
    const path = pathOf(await record(api, live));
    const told = await toldWhile(() =>
      tellEgress(api, live, { event: "egress_ended", status: "EGRESS_FAILED", path }),
    );
    expect([told, await stateOf()]).toEqual([["off"], "lost"]);
    expect((await recordingsOf(api, live)).recordings[0]?.brokeOff).toBe(true);
  });

  test("is told of in any order, and twice, without harm", async () => {
    const path = pathOf(await record(api, live));
    const done = { event: "egress_ended", status: "EGRESS_COMPLETE", path, seconds: 9, id: "EV_9" };
    await tellEgress(api, live, done);
    await tellEgress(api, live, done);
    await tellEgress(api, live, { event: "egress_started", status: "EGRESS_STARTING", path });
    const [shown] = (await recordingsOf(api, live)).recordings;
    expect(shown).toMatchObject({ state: "ready", durationMs: 9_000 });
  });

  test("ends with its class, and its file is known to be whole by the next look", async () => {
    const id = await record(api, live);
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    expect([await stateOf(), await toldNow()]).toEqual(["saving", undefined]);
    const path = pathOf(id);
    egress.known = [egressInfo(live.room, { status: "EGRESS_ACTIVE", path })];
    await reconcile();
    expect(egress.asked.at(-1)).toBe("Stop EG_1");
    egress.known = [egressInfo(live.room, { status: "EGRESS_COMPLETE", path, seconds: 5 })];
    await reconcile();
    expect(await stateOf()).toBe("ready");
    const due = await api.db.database.claimMediaClasses(0);
    expect(due.map(({ liveClassId }) => liveClassId)).not.toContain(live.id);
  });

  test("ends when the class goes over to another provider", async () => {
    await record(api, live);
    const change = { as: live.teacher, body: { videoProvider: "mesh" } };
    const told = await toldWhile(() => api.call(`PATCH /api/live-classes/${live.id}`, change));
    expect(told).toEqual(["off"]);
    expect(await stateOf()).toBe("saving");
  });

  test("of which LiveKit knows nothing has failed, but not in its first minute", async () => {
    await record(api, live);
    await reconcile();
    expect(await stateOf()).toBe("on");
    await asSuperuser(
      api.db,
      "update recording_parts set asked_at = asked_at - interval '2 minutes' where state = 'starting'",
    );
    expect([await toldWhile(reconcile), await stateOf()]).toEqual([["off"], "lost"]);
    expect(world.log.join()).toContain("LiveKit knows nothing of it");
  });
});

describe("whether a class can be recorded is told, and why not", () => {
  test("where LiveKit has no Egress", async () => {
    egress.known = null;
    expect((await recordingsOf(api, live)).recordable).toBe("no_egress");
    const told = await toldWhile(() =>
      api.call(`POST /api/live-classes/${live.id}/recordings`, { as: live.teacher }),
    );
    expect(told).toEqual([]);
  });

  test("where the class is not held through LiveKit", async () => {
    await api.call(`PATCH /api/live-classes/${live.id}`, {
      as: live.teacher,
      body: { videoProvider: "mesh" },
    });
    expect((await recordingsOf(api, live)).recordable).toBe("no_livekit");
  });

  test("where the LiveKit is the school's own: it is not given the keys of the storage", async () => {
    const { schoolId } = api.db;
    const own = { url: egress.url, apiKey: "own", apiSecret: "a secret of a school's own LiveKit" };
    const sealed = sealMediaServers(api.services.keys.mediaServers, schoolId as SchoolId, {
      servers: { livekit: own },
      iv: api.services.randomBytes(12),
    });
    const hex = `'\\x${sealed.toString("hex")}'`;
    const set = (value: string) =>
      asSuperuser(
        api.db,
        `update schools set media_servers = ${value} where school_id = '${schoolId}'`,
      );
    await set(hex);
    const { recordable } = await recordingsOf(api, live);
    await set("null");
    expect([recordable, egress.asked]).toEqual(["own_server", []]);
  });

  test("where all is there, and for how long recordings are kept", async () => {
    expect(await recordingsOf(api, live)).toMatchObject({ recordable: "ready", keptDays: 90 });
  });

  test("where the school does not want it", async () => {
    const admin = await api.signIn("admin");
    const set = (recordings: string) =>
      api.call("PATCH /api/school", { as: admin, body: { recordings } });
    await set("forbidden");
    const refused = await api.call(`POST /api/live-classes/${live.id}/recordings`, {
      as: live.teacher,
    });
    const { recordable } = await recordingsOf(api, live);
    await set("allowed");
    expect([refused.body.code, recordable]).toEqual(["recordings_forbidden", "forbidden"]);
  });
});
