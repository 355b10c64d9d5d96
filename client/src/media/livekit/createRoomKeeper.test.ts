import { DarasaError, type ErrorCode } from "@darasa/protocol";
import { ConnectionState, DisconnectReason, type Room, RoomEvent } from "livekit-client";
import { describe, expect, it, vi } from "vitest";
import type { MediaCall } from "./mediaCall.ts";
import { createRoomKeeper } from "./createRoomKeeper.ts";

const call = (token: string): MediaCall => ({ url: "ws://here", token, expiresInSeconds: 600 });

/** A room whose door a test opens and shuts; waits end at once unless held. */
function setUp(options: { failures?: number; renewals?: (MediaCall | ErrorCode)[] } = {}) {
  const listeners = new Map<string, (value: never) => void>();
  const tokens: string[] = [];
  let failures = options.failures ?? 0;
  const room = {
    on: (event: string, listener: (value: never) => void) => {
      listeners.set(event, listener);
      return room;
    },
    connect: (_url: string, token: string) => {
      tokens.push(token);
      return failures-- > 0 ? Promise.reject(new Error("no way")) : Promise.resolve();
    },
    disconnect: () => Promise.resolve(),
  };
  const renewals = [...(options.renewals ?? [])];
  let nowMs = 0;
  const keeper = createRoomKeeper({
    room: room as unknown as Room,
    call: call("first"),
    renew: () => {
      const next = renewals.shift() ?? call("later");
      return typeof next === "string"
        ? Promise.reject(new DarasaError(next))
        : Promise.resolve(next);
    },
    now: () => nowMs,
    random: () => 0.5,
    after: (_delayMs, run) => {
      queueMicrotask(run);
      return () => undefined;
    },
    onChange: () => undefined,
  });
  return {
    keeper,
    tokens,
    passMs: (ms: number) => (nowMs += ms),
    happen: (event: RoomEvent, value: unknown) => listeners.get(event)?.(value as never),
  };
}

describe("createRoomKeeper", () => {
  it("comes in by the token that joining gave, while that is fresh", async () => {
    const { keeper, tokens } = setUp();
    await keeper.enter();
    expect(tokens).toEqual(["first"]);
    expect(keeper.status()).toBe("connected");
  });

  it("asks for another one where the first lay too long", async () => {
    const { keeper, tokens, passMs } = setUp();
    passMs(590_000);
    await keeper.enter();
    expect(tokens).toEqual(["later"]);
  });

  it("tries again with a token of its own each time, and then is in", async () => {
    const { keeper, tokens } = setUp({
      failures: 2,
      renewals: ["unavailable", call("second"), call("third")],
    });
    await keeper.enter();
    expect(tokens).toEqual(["first", "second", "third"]);
    expect(keeper.status()).toBe("connected");
  });

  it("gives up when the API says that one may not", async () => {
    const { keeper } = setUp({ failures: 1, renewals: ["removed"] });
    await keeper.enter();
    expect([keeper.status(), keeper.refusal()]).toEqual(["refused", "removed"]);
  });

  it("shows what LiveKit mends by itself", async () => {
    const { keeper, happen } = setUp();
    await keeper.enter();
    happen(RoomEvent.ConnectionStateChanged, ConnectionState.Reconnecting);
    expect(keeper.status()).toBe("reconnecting");
    happen(RoomEvent.ConnectionStateChanged, ConnectionState.Connected);
    expect(keeper.status()).toBe("connected");
  });

  it("comes back with a fresh token after LiveKit gave up", async () => {
    const { keeper, tokens, happen } = setUp();
    await keeper.enter();
    happen(RoomEvent.Disconnected, DisconnectReason.SERVER_SHUTDOWN);
    expect(keeper.status()).toBe("reconnecting");
    await vi.waitFor(() => expect(keeper.status()).toBe("connected"));
    expect(tokens).toEqual(["first", "later"]);
  });

  it.each([
    [DisconnectReason.PARTICIPANT_REMOVED, "removed"],
    [DisconnectReason.DUPLICATE_IDENTITY, "conflict"],
  ])("stays out after %s", async (reason, code) => {
    const { keeper, tokens, happen } = setUp();
    await keeper.enter();
    happen(RoomEvent.Disconnected, reason);
    expect([keeper.status(), keeper.refusal()]).toEqual(["refused", code]);
    expect(tokens).toHaveLength(1);
  });

  it("is idle after leaving, whatever was on its way, and may come in again", async () => {
    const { keeper } = setUp();
    const entering = keeper.enter();
    await keeper.leave();
    await entering;
    expect(keeper.status()).toBe("idle");
    await keeper.enter();
    expect(keeper.status()).toBe("connected");
  });
});
