import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asSuperuser } from "@darasa/database/testing";
import type { SchoolId } from "@darasa/protocol";
import { sealMediaServers } from "../../src/media/mediaServers.ts";
import { collectControl } from "../collectControl.ts";
import type { Person, TestApi } from "../testApi.ts";
import { startLiveKitClass, type LiveKitClass } from "./liveKitApi.ts";

let api: TestApi;
let live: LiveKitClass;
beforeAll(async () => {
  ({ api, live } = await startLiveKitClass());
});
afterAll(() => api.close());

function join(as: Person, id = live.id) {
  return api.call(`POST /api/live-classes/${id}/join`, { as });
}

function videoToken(as: Person, provider: string, id = live.id) {
  return api.call(`POST /api/live-classes/${id}/video-token`, { as, body: { provider } });
}

function change(as: Person, body: object, id = live.id) {
  return api.call(`PATCH /api/live-classes/${id}`, { as, body });
}

describe("who gets a token of LiveKit", () => {
  test("a pupil who joins, for this room and what the class lets them send", async () => {
    const { video } = (await join(live.student)).body;
    if (video.provider !== "livekit") throw new Error(video.provider);
    expect(video).toMatchObject({ url: "ws://127.0.0.1:9", expiresInSeconds: 600 });
    const claims = decodeJwt<{ video: object }>(video.token);
    expect(claims.sub).toBe(live.student.id);
    expect(claims.video).toMatchObject({
      room: live.room,
      canPublishSources: ["microphone", "camera"],
    });
    expect(JSON.stringify(claims)).not.toMatch(/roomAdmin|roomRecord|roomCreate|roomList|"\*"/);
  });

  test("not who waits, was removed or has not joined, and nobody once the class is over", async () => {
    const stranger = await api.signIn("zawadi");
    expect((await videoToken(stranger, "livekit")).status).toBeGreaterThanOrEqual(400);
    await api.remove(live.id, live.student.id);
    expect((await videoToken(live.student, "livekit")).body.code).toBe("removed");
    expect((await join(live.student)).body.code).toBe("removed");
    await api.call(`POST /api/live-classes/${live.id}/end`, { as: live.teacher });
    expect((await videoToken(live.teacher, "livekit")).body.code).toBe("class_ended");
  });
});

describe("what a class is seen and heard through", () => {
  test("is changed while it runs, and everybody is told", async () => {
    const { id } = await api.startClass({ videoProvider: "livekit" });
    await join(live.teacher, id);
    const told = await collectControl(api, async () => {
      await change(live.teacher, { videoProvider: "mesh" }, id);
      await change(live.teacher, { videoProvider: "mesh" }, id);
    });
    expect((await change(live.teacher, { title: "Other" }, id)).body.code).toBe("conflict");
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      kind: "stage",
      liveClassId: id,
      stage: {
        video: "mesh",
        presenter: null,
        spotlight: null,
        sources: ["microphone", "camera"],
        recording: null,
      },
    });
    expect((await videoToken(live.teacher, "livekit", id)).body.code).toBe("conflict");
    expect((await videoToken(live.teacher, "mesh", id)).body).toMatchObject({ provider: "mesh" });
    const admin = await api.signIn("admin");
    const { body } = await api.call("GET /api/audit?action=liveClass.videoChanged", { as: admin });
    expect(body.events.map(({ details }) => details)).toEqual([
      { videoProvider: "mesh", "videoProvider.was": "livekit" },
    ]);
    await api.call(`POST /api/live-classes/${id}/end`, { as: live.teacher });
  });

  test("is only what is set up", async () => {
    const { id } = await api.planClass();
    expect((await change(live.teacher, { videoProvider: "jitsi" }, id)).body.code).toBe(
      "video_not_set_up",
    );
    const admin = await api.signIn("admin");
    const school = await api.call("PATCH /api/school", {
      as: admin,
      body: { videoProvider: "jitsi" },
    });
    expect(school.body.code).toBe("video_not_set_up");
  });

  test("goes on with what the environment names when the school's own were sealed with a lost key", async () => {
    const servers = {
      livekit: { url: "wss://own.example", apiKey: "own", apiSecret: "s".repeat(32) },
    };
    const lost = { servers, iv: new Uint8Array(12) };
    const sealed = sealMediaServers(new Uint8Array(32), api.db.schoolId as SchoolId, lost);
    const store = (bytes: Buffer | null) =>
      asSuperuser(api.db, "update schools set media_servers = $1 where school_id = $2", [
        bytes,
        api.db.schoolId,
      ]);
    await store(sealed);
    const { id } = await api.startClass({ videoProvider: "livekit" });
    const { status, body } = await join(live.teacher, id);
    expect([status, body.video]).toMatchObject([200, { url: "ws://127.0.0.1:9" }]);
    await api.call(`POST /api/live-classes/${id}/end`, { as: live.teacher });
    const admin = await api.signIn("admin");
    expect((await api.call("GET /api/school/media-servers", { as: admin })).status).toBe(200);
    await store(null);
  });

  test("is by itself what the school takes", async () => {
    const admin = await api.signIn("admin");
    await api.call("PATCH /api/school", { as: admin, body: { videoProvider: "livekit" } });
    const planned = await api.planClass();
    const { body } = await api.call(`GET /api/live-classes/${planned.id}`, { as: live.teacher });
    await api.call("PATCH /api/school", { as: admin, body: { videoProvider: "mesh" } });
    expect(body.videoProvider).toBe("livekit");
  });
});
