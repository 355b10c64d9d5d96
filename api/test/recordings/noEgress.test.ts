import { findTestProgram, startLiveKitServer } from "@darasa/database/testing";
import { expect, test } from "vitest";
import { createTestApi } from "../testApi.ts";
import { recordingsOf } from "./recordedClass.ts";
import { liveKitSettings, startClassOn } from "../media/liveKitApi.ts";

const program = findTestProgram("livekit");
const path = "path" in program ? program.path : "";

test.skipIf(path === "")(
  "a real LiveKit without an Egress says so, and nobody is told that they are recorded",
  async () => {
    const livekit = await startLiveKitServer(path);
    const api = await createTestApi({
      ...liveKitSettings(livekit.url),
      RECORDINGS_FOLDER: "/var/lib/darasa-recordings",
    });
    try {
      const as = await api.signIn("admin");
      await api.call("PATCH /api/school", { as, body: { recordings: "allowed" } });
      const live = await startClassOn(api);
      expect((await recordingsOf(api, live)).recordable).toBe("no_egress");
      const refused = await api.call(`POST /api/live-classes/${live.id}/recordings`, {
        as: live.teacher,
      });
      expect([refused.status, refused.body.code]).toEqual([503, "recording_unavailable"]);
      expect((await recordingsOf(api, live)).recordings).toEqual([]);
    } finally {
      await livekit.close();
      await api.close();
    }
  },
);
