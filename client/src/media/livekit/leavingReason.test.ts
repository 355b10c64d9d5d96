import { DisconnectReason } from "livekit-client";
import { describe, expect, it } from "vitest";
import { refusalAfter } from "./leavingReason.ts";

describe("refusalAfter", () => {
  it("keeps out whom the teacher removed, and who is here by another window", () => {
    expect(refusalAfter(DisconnectReason.PARTICIPANT_REMOVED)).toBe("removed");
    expect(refusalAfter(DisconnectReason.DUPLICATE_IDENTITY)).toBe("conflict");
  });

  it.each([
    DisconnectReason.SERVER_SHUTDOWN,
    DisconnectReason.SIGNAL_CLOSE,
    DisconnectReason.CONNECTION_TIMEOUT,
    DisconnectReason.ROOM_DELETED,
    undefined,
  ])("lets everybody else come back: %s", (reason) => {
    expect(refusalAfter(reason)).toBeNull();
  });
});
