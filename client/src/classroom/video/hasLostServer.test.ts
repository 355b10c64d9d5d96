import { describe, expect, test } from "vitest";
import { hasLostServer } from "./hasLostServer.ts";

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
