import { describe, expect, it } from "vitest";
import * as fc from "fast-check";
import {
  connectDeadlineMs,
  disconnectedGraceMs,
  newPair,
  reducePair,
  retryDelayMs,
  type PairEvent,
  type PairState,
  type PairStep,
} from "./reducePair.ts";

function run(events: readonly PairEvent[], from: PairState = newPair): PairStep {
  let last: PairStep = { state: from, action: "none", deadlineMs: "never" };
  for (const event of events) last = reducePair(last.state, event);
  return last;
}

describe("reducePair", () => {
  it("gives a new connection 15 s", () => {
    expect(run(["begun"])).toMatchObject({
      state: { connection: "connecting" },
      deadlineMs: connectDeadlineMs,
    });
    expect(connectDeadlineMs).toBe(15_000);
  });

  it("says failed when the time is over, and waits before it tries again", () => {
    const failed = run(["begun", "deadline"]);
    expect(failed).toMatchObject({ state: { connection: "failed" }, action: "none" });
    expect(run(["deadline"], failed.state)).toMatchObject({
      action: "rebuild",
      state: { connection: "failed", trying: true },
      deadlineMs: connectDeadlineMs,
    });
  });

  it("is connected after a retry that worked, and forgets its failures", () => {
    const done = run(["begun", "deadline", "deadline", "begun", "connected"]);
    expect(done.state).toEqual({
      connection: "connected",
      trying: false,
      failures: 0,
      restarts: 0,
    });
    expect(done.deadlineMs).toBe("never");
  });

  it("lets a wavering path heal by itself first", () => {
    const wavering = run(["connected", "disconnected"]);
    expect(wavering).toMatchObject({
      state: { connection: "lost" },
      action: "none",
      deadlineMs: disconnectedGraceMs,
    });
    expect(run(["connected"], wavering.state).state.connection).toBe("connected");
  });

  it("restarts a path that does not heal, twice, and then says failed", () => {
    const lost = run(["connected", "disconnected", "deadline"]);
    expect(lost.action).toBe("restart");
    const again = run(["deadline"], lost.state);
    expect(again.action).toBe("restart");
    expect(run(["deadline"], again.state).state.connection).toBe("failed");
  });

  it("restarts at once when a connected path fails", () => {
    expect(run(["connected", "failed"])).toMatchObject({
      state: { connection: "lost" },
      action: "restart",
    });
  });

  it("does not give up before the deadline when the first addresses do not work", () => {
    const first = run(["begun", "failed"]);
    expect(first).toMatchObject({
      state: { connection: "connecting" },
      action: "restart",
      deadlineMs: "keep",
    });
    expect(run(["failed", "failed"], first.state).state.connection).toBe("connecting");
  });

  it("is lost, not new, when the other side begins anew", () => {
    expect(run(["connected", "begun"]).state.connection).toBe("lost");
  });

  it("starts over later when the browser refuses a description", () => {
    const broken = run(["begun", "broken"]);
    expect(broken.state.connection).toBe("failed");
    expect(run(["deadline"], broken.state).action).toBe("rebuild");
  });

  it("waits longer after each failure, up to a minute", () => {
    expect([1, 2, 3, 4, 5, 9].map(retryDelayMs)).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
  });

  it("never stands still: whatever happens, an unconnected pair has a deadline running", () => {
    const events = fc.array(
      fc.constantFrom<PairEvent>(
        "begun",
        "connected",
        "disconnected",
        "failed",
        "broken",
        "deadline",
      ),
    );
    fc.assert(
      fc.property(events, (sequence) => {
        let state = newPair;
        let running = true;
        for (const event of sequence) {
          if (event === "deadline" && !running) continue;
          const next = reducePair(state, event);
          if (event === "deadline") running = false;
          if (next.deadlineMs === "never") running = false;
          else if (next.deadlineMs !== "keep") running = true;
          state = next.state;
          expect(running).toBe(state.connection !== "connected");
        }
      }),
    );
  });
});
