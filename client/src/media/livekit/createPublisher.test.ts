import { ConnectionState, type Room, Track } from "livekit-client";
import { describe, expect, it, vi } from "vitest";
import type { LocalMedia } from "../createLocalMedia.ts";
import { createPublisher } from "./createPublisher.ts";

interface FakeTrack {
  readonly kind: string;
  readyState: "live" | "ended";
  enabled: boolean;
  stop(): void;
  clone(): FakeTrack;
}

function fakeTrack(): FakeTrack {
  return {
    kind: "audio",
    readyState: "live",
    enabled: true,
    stop() {
      this.readyState = "ended";
    },
    clone: fakeTrack,
  };
}

type Source = "microphone" | "screenSound";

/** A connected room whose server leaves so many publications without an answer; waits are ended by the test. */
function setUp({ unanswered, sends = "microphone" }: { unanswered: number; sends?: Source }) {
  const track = fakeTrack();
  const source = sends === "microphone" ? Track.Source.Microphone : Track.Source.ScreenShareAudio;
  let state = ConnectionState.Connected;
  const published: unknown[] = [];
  const waits: { delayMs: number; run: () => void }[] = [];
  const tried: FakeTrack[] = [];
  const room = {
    on: () => room,
    off: () => room,
    get state() {
      return state;
    },
    localParticipant: {
      permissions: { canPublish: true, canPublishSources: [] },
      getTrackPublication: (asked: Track.Source) =>
        asked === source && published.length > 0 ? publication : undefined,
      publishTrack: (one: FakeTrack) => {
        tried.push(one);
        if (tried.length <= unanswered) return Promise.reject(new Error("no answer"));
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
      tracks: () => ({ microphone: on, camera: off, screen: on }),
      outgoing: () => ({
        microphone: null,
        camera: null,
        screen: null,
        screenSound: null,
        [sends]: track,
      }),
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
    track,
    tried,
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
    const { publisher, published, waits, tried } = setUp({ unanswered: 0 });
    await publisher.sync();
    await publisher.sync();
    expect([published.length, tried.length, waits.length]).toEqual([1, 1, 0]);
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

  it.each(["microphone", "screenSound"] as const)(
    "sends a copy when it tries again, and lets go of it with the device: %s",
    async (sends) => {
      const { publisher, published, track, tried, pass } = setUp({ unanswered: 2, sends });
      await publisher.sync();
      await pass();
      await pass();
      expect(new Set(tried).size).toBe(3);
      expect(published).toEqual([tried[2]]);
      expect(tried.map(({ readyState }) => readyState).slice(1)).toEqual(["ended", "live"]);
      track.stop();
      await publisher.sync();
      expect(tried[2]?.readyState).toBe("ended");
    },
  );

  it("waits once, however often it is called meanwhile", async () => {
    const { publisher, waits } = setUp({ unanswered: 9 });
    await Promise.all([publisher.sync(), publisher.sync(), publisher.sync()]);
    expect(waits).toHaveLength(1);
  });

  it("leaves it to the next way in once the connection is gone, and to nobody once closed", async () => {
    const { publisher, waits, setState, tried } = setUp({ unanswered: 9 });
    await publisher.sync();
    setState(ConnectionState.Disconnected);
    waits.splice(0).forEach(({ run }) => run());
    await publisher.sync();
    expect([tried.length, waits.length]).toEqual([1, 0]);

    setState(ConnectionState.Connected);
    const last = publisher.sync();
    publisher.close();
    await last;
    expect(waits).toEqual([]);
  });
});
