import { describe, expect, test } from "vitest";
import { hasLostServer, outagePatienceMs } from "./hasLostServer.ts";

describe("a media server is missed", () => {
  test.each([
    [{ provider: "livekit", status: "reconnecting", refusal: null }, true],
    [{ provider: "livekit", status: "connecting", refusal: null }, true],
    [{ provider: "jitsi", status: "refused", refusal: "unavailable" }, true],
    [{ provider: "livekit", status: "refused", refusal: "video_not_set_up" }, true],
    [{ provider: "livekit", status: "connected", refusal: null }, false],
    [{ provider: "livekit", status: "idle", refusal: null }, false],
    [{ provider: "livekit", status: "refused", refusal: "conflict" }, false],
    [{ provider: "livekit", status: "refused", refusal: "removed" }, false],
    [{ provider: "mesh", status: "reconnecting", refusal: null }, false],
    [{ provider: "none", status: "connected", refusal: null }, false],
  ] as const)("%o: %s", (media, isMissed) => {
    expect(hasLostServer(media)).toBe(isMissed);
  });
});

test("Jitsi may take its time to open, and no engine that was lost", () => {
  const patience = (provider: "jitsi" | "livekit", status: "connecting" | "reconnecting") =>
    outagePatienceMs({ provider, status });
  expect(patience("jitsi", "connecting")).toBe(20_000);
  expect(patience("jitsi", "reconnecting")).toBe(2_000);
  expect(patience("livekit", "connecting")).toBe(2_000);
});
