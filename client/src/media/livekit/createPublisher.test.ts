import { ConnectionState, type Room, Track } from "livekit-client";
import { describe, expect, it, vi } from "vitest";
import type { LocalMedia } from "../createLocalMedia.ts";
import { createPublisher } from "./createPublisher.ts";

const track = {
  kind: "audio",
  readyState: "live",
  enabled: true,
  stop: () => undefined,
  clone: () => ({ ...track }),
};

/** A connected room whose server leaves so many publications without an answer; waits are ended by the test. */
function setUp({ unanswered }: { unanswered: number }) {
  let state = ConnectionState.Connected;
  const published: unknown[] = [];
  const waits: { delayMs: number; run: () => void }[] = [];
  let attempts = 0;
  const room = {
    on: () => room,
    off: () => room,
    get state() {
      return state;
    },
    localParticipant: {
      permissions: { canPublish: true, canPublishSources: [] },
      getTrackPublication: (source: Track.Source) =>
        source === Track.Source.Microphone && published.length > 0 ? publication : undefined,
      publishTrack: (one: unknown) => {
        attempts += 1;
        if (attempts <= unanswered) return Promise.reject(new Error("no answer"));
        published.push(one);
        return Promise.resolve();
      },
    },
  };
  const publication = {
    track: {
      get mediaStreamTrack() {
        return published[0];
      },
      unmute: () => Promise.resolve(),
      resumeUpstream: () => Promise.resolve(),
    },
  };
  const on = { state: "on", stream: null, problem: null };
  const off = { ...on, state: "off" };
  const publisher = createPublisher({
    room: room as unknown as Room,
    local: {
      tracks: () => ({ microphone: on, camera: off, screen: off }),
      outgoing: () => ({ microphone: track, camera: null, screen: null, screenSound: null }),
    } as unknown as LocalMedia,
    onTakenOff: () => undefined,
    random: () => 0.5,
    after: (delayMs, run) => {
      const wait = { delayMs, run };
      waits.push(wait);
      return () => void waits.splice(waits.indexOf(wait), 1);
    },
  });
  return {
    publisher,
    published,
    waits,
    attempts: () => attempts,
    setState: (next: ConnectionState) => (state = next),
    /** Ends the wait that stands. */
    pass: async () => {
      waits.splice(0).forEach(({ run }) => run());
      await vi.waitFor(() => expect(waits.length + published.length).toBeGreaterThan(0));
    },
  };
}

describe("createPublisher", () => {
  it("publishes what is switched on, once", async () => {
    const { publisher, published, waits, attempts } = setUp({ unanswered: 0 });
    await publisher.sync();
    await publisher.sync();
    expect([published.length, attempts(), waits.length]).toEqual([1, 1, 0]);
  });

  it("tries again, later each time, what a slow server did not answer", async () => {
    const { publisher, published, waits, pass } = setUp({ unanswered: 2 });
    await publisher.sync();
    expect(published).toEqual([]);
    const [first] = waits.map(({ delayMs }) => delayMs);
    await pass();
    const [second] = waits.map(({ delayMs }) => delayMs);
    expect(second).toBeGreaterThan(first ?? Infinity);
    await pass();
    expect(published).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it("waits once, however often it is called meanwhile", async () => {
    const { publisher, waits } = setUp({ unanswered: 9 });
    await Promise.all([publisher.sync(), publisher.sync(), publisher.sync()]);
    expect(waits).toHaveLength(1);
  });

  it("leaves it to the next way in once the connection is gone, and to nobody once closed", async () => {
    const { publisher, waits, setState, attempts } = setUp({ unanswered: 9 });
    await publisher.sync();
    setState(ConnectionState.Disconnected);
    waits.splice(0).forEach(({ run }) => run());
    await publisher.sync();
    expect([attempts(), waits.length]).toEqual([1, 0]);

    setState(ConnectionState.Connected);
    const last = publisher.sync();
    publisher.close();
    await last;
    expect(waits).toEqual([]);
  });
});
