import { DarasaError, type ParticipantId, type TrackKind } from "@darasa/protocol";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createListeners } from "../connection/listeners.ts";
import type { VideoSettings } from "./createProvider.ts";
import { EngineSeat } from "./engineSeat.ts";
import { noMedia, type MediaProvider, type MediaSnapshot, type ProviderKind } from "./provider.ts";
import type { SignallingPort } from "./signallingPort.ts";
import { noStatistics, type MediaStatistics } from "./statistics.ts";

const teacher = "b0a4d000-0000-4000-8000-00000000000a" as ParticipantId;

/** An engine of which it is known what it was told. */
class Engine implements MediaProvider {
  readonly told: string[] = [];
  readonly changes = createListeners<undefined>();
  readonly levels = createListeners<ReadonlyMap<ParticipantId, number>>();
  readonly forcedOff = createListeners<TrackKind>();
  bytesSent = 0;
  /** Its farewell, to a server that may be gone, takes as long as this. */
  farewell: Promise<void> = Promise.resolve();
  #snapshot: MediaSnapshot = { ...noMedia, status: "connecting" };

  readonly kind: ProviderKind;

  constructor(kind: ProviderKind) {
    this.kind = kind;
  }

  readonly onChange = this.changes.listen;
  readonly onLevels = this.levels.listen;
  readonly onForcedOff = this.forcedOff.listen;
  readonly snapshot = (): MediaSnapshot => this.#snapshot;

  show(change: Partial<MediaSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.changes.tell(undefined);
  }

  connect(): Promise<void> {
    this.told.push("connect");
    return Promise.resolve();
  }
  disconnect(): Promise<void> {
    this.told.push("disconnect");
    return this.farewell;
  }
  setTrack(kind: TrackKind, on: boolean): Promise<void> {
    this.told.push(`${kind} ${on ? "on" : "off"}`);
    return Promise.resolve();
  }
  setDevice = (): Promise<void> => Promise.resolve();
  setMode(mode: string): void {
    this.told.push(mode);
  }
  setTeachers(teachers: ReadonlySet<ParticipantId>): void {
    this.told.push(`teachers ${String(teachers.size)}`);
  }
  setWanted = (): void => undefined;
  statistics = (): Promise<MediaStatistics> =>
    Promise.resolve({ ...noStatistics, bytesSent: this.bytesSent, roundTripMs: 9 });
}

const settingsOf = (provider: ProviderKind): VideoSettings => ({ provider }) as VideoSettings;
const patience = { timeout: 15_000, interval: 10 };
const notNow = (): Promise<never> => new Promise(() => undefined);

describe("a seat in a class's media", () => {
  const engines: Engine[] = [];
  const shown: MediaSnapshot[] = [];
  const heard = vi.fn<(what: unknown) => void>();
  const wished: ("microphone" | "camera")[] = [];
  const letGo = vi.fn<() => void>();
  /** What the first engine was told whenever that what was open already was let go. */
  const toldBefore: string[][] = [];
  const renew = vi.fn<(kind: ProviderKind) => Promise<VideoSettings>>();
  const createProvider = vi.fn<(video: VideoSettings) => Promise<MediaProvider>>();
  let seat: EngineSeat;

  const open = (): EngineSeat =>
    new EngineSeat({
      video: settingsOf("livekit"),
      // No engine here asks it.
      port: {} as SignallingPort,
      random: () => 0,
      createProvider,
      renew,
      opened: { take: () => null, close: letGo },
      devices: () => ({ microphone: null, camera: null, speaker: null }),
      wished: () => wished,
      onSnapshot: (snapshot) => shown.push(snapshot),
      onLevels: heard,
      onForcedOff: (track) => heard(track),
    });

  beforeEach(() => {
    engines.length = shown.length = 0;
    wished.splice(0, wished.length, "camera");
    heard.mockReset();
    toldBefore.length = 0;
    letGo.mockReset().mockImplementation(() => toldBefore.push([...(engines[0]?.told ?? [])]));
    renew.mockReset().mockImplementation((kind) => Promise.resolve(settingsOf(kind)));
    createProvider.mockReset().mockImplementation(({ provider }) => {
      const engine = new Engine(provider);
      engines.push(engine);
      return Promise.resolve(engine);
    });
    seat = open();
  });
  afterEach(() => seat.leave());

  /** The `count`th engine, once the seat is in it. */
  const inside = (count = 1): Promise<Engine> =>
    vi.waitFor(() => {
      const engine = engines[count - 1];
      if (engine === undefined || seat.provider() !== engine) throw new Error("not there yet");
      return engine;
    }, patience);

  it("is entered with what is wished for, and shows what the engine shows", async () => {
    const livekit = await inside();
    expect(livekit.told).toEqual(["teachers 0", "connect", "camera on"]);
    expect(renew).not.toHaveBeenCalled();
    livekit.show({ status: "connected" });
    expect(shown.at(-1)?.status).toBe("connected");
    livekit.show({ status: "reconnecting" });
    expect(shown.at(-1)?.status).toBe("reconnecting");
    // The server is gone: to go elsewhere is the class's to say, and to come back the engine's.
    expect(livekit.told).not.toContain("disconnect");
    seat.changeTo("livekit");
    expect(seat.provider()).toBe(livekit);
  });

  it("lets go of what was open already once the engine has what is wished for", async () => {
    await inside();
    expect(toldBefore).toEqual([["teachers 0", "connect", "camera on"]]);
  });

  it("loads an engine again whose code did not arrive", async () => {
    await inside();
    createProvider.mockRejectedValueOnce(new TypeError("Failed to fetch"));
    seat.changeTo("mesh");
    const mesh = await inside(2);
    expect(mesh.told).toContain("camera on");
    expect(createProvider).toHaveBeenCalledTimes(3);
  });

  it("lets go of what was open already where one leaves before there is an engine", async () => {
    createProvider.mockImplementation(notNow);
    const early = open();
    letGo.mockClear();
    await early.leave();
    expect(letGo).toHaveBeenCalledOnce();
  });

  it("goes over with what is the person's own, and waits for nobody's farewell", async () => {
    const livekit = await inside();
    livekit.bytesSent = 1_000;
    livekit.farewell = notNow();
    seat.setMode("lite");
    seat.setTeachers(new Set([teacher]));
    wished.push("microphone");
    seat.changeTo("mesh");
    const starting = { state: "starting", stream: null, problem: null };
    expect(shown.at(-1)).toMatchObject({
      status: "connecting",
      can: { microphone: true, camera: true, screen: false },
      local: { microphone: starting, camera: starting, screen: { state: "off" } },
    });
    expect(seat.provider()).toBeNull();

    const mesh = await inside(2);
    expect(livekit.told.at(-1)).toBe("disconnect");
    expect(renew).toHaveBeenCalledWith("mesh");
    expect(mesh.told).toEqual(["teachers 1", "lite", "connect", "camera on", "microphone on"]);
    mesh.bytesSent = 500;
    expect(await seat.statistics()).toMatchObject({ bytesSent: 1_500, roundTripMs: 9 });

    // What is heard of the one before concerns nobody any more.
    const { length } = shown;
    livekit.show({ status: "refused", refusal: "unavailable" });
    livekit.levels.tell(new Map());
    livekit.forcedOff.tell("camera");
    expect(shown).toHaveLength(length);
    expect(heard).not.toHaveBeenCalled();
    livekit.farewell = Promise.resolve();
  });

  it("opens no device before the engine of before has let go of its own", async () => {
    const livekit = await inside();
    let letGo = (): void => undefined;
    const asked = new Promise<void>((resolve) => (letGo = resolve));
    livekit.statistics = async () => {
      await asked;
      return noStatistics;
    };
    seat.changeTo("mesh");
    expect(createProvider).toHaveBeenCalledTimes(1);
    letGo();
    await inside(2);
    expect(livekit.told.at(-1)).toBe("disconnect");
  });

  it("comes back to the engine that it left", async () => {
    await inside();
    seat.changeTo("mesh");
    const mesh = await inside(2);
    seat.changeTo("livekit");
    const livekit = await inside(3);
    expect(livekit.kind).toBe("livekit");
    expect(mesh.told.at(-1)).toBe("disconnect");
  });

  it("asks again where the server is not there yet, and says why where there is no way in", async () => {
    await inside();
    renew.mockRejectedValueOnce(new DarasaError("video_unavailable"));
    renew.mockRejectedValueOnce(new DarasaError("conflict"));
    seat.changeTo("mesh");
    await inside(2);
    expect(renew).toHaveBeenCalledTimes(3);

    renew.mockRejectedValueOnce(new DarasaError("video_not_set_up"));
    seat.changeTo("jitsi");
    await vi.waitFor(() => expect(shown.at(-1)?.status).toBe("refused"), patience);
    expect(shown.at(-1)).toMatchObject({
      refusal: "video_not_set_up",
      can: { microphone: false, camera: false },
      local: { camera: { state: "off" } },
    });
    expect(seat.provider()).toBeNull();
    // The teacher chooses again.
    seat.changeTo("mesh");
    expect((await inside(3)).kind).toBe("mesh");
  });

  it("is in the last of several that the class went over to, and in no other", async () => {
    await inside();
    renew.mockReturnValueOnce(notNow());
    seat.changeTo("mesh");
    await vi.waitFor(() => expect(renew).toHaveBeenCalledTimes(1), patience);
    let made = (): void => undefined;
    const overtaken = new Engine("jitsi");
    createProvider.mockImplementationOnce(
      () => new Promise((resolve) => (made = () => resolve(overtaken))),
    );
    seat.changeTo("jitsi");
    await vi.waitFor(() => expect(createProvider).toHaveBeenCalledTimes(2), patience);
    seat.changeTo("none");
    const none = await inside(2);
    made();
    await vi.waitFor(() => expect(overtaken.told).toEqual(["disconnect"]), patience);
    expect(seat.provider()).toBe(none);
  });

  it("shows what is wished for while between two engines, and has the next one take it", async () => {
    await inside();
    let answer = (): void => undefined;
    renew.mockReturnValueOnce(
      new Promise((resolve) => (answer = () => resolve(settingsOf("mesh")))),
    );
    seat.changeTo("mesh");
    await vi.waitFor(() => expect(renew).toHaveBeenCalled(), patience);
    wished.splice(0, wished.length, "microphone");
    await seat.setTrack("microphone", true);
    expect(shown.at(-1)?.local).toMatchObject({
      microphone: { state: "starting" },
      camera: { state: "off" },
    });
    answer();
    expect((await inside(2)).told).toEqual(["teachers 0", "connect", "microphone on"]);
  });

  it("enters no media in text, and is told of it by the engine as soon as there is another", async () => {
    await inside();
    seat.setMode("text");
    seat.changeTo("mesh");
    const mesh = await inside(2);
    expect(mesh.told).toEqual(["teachers 0", "text"]);
    seat.setMode("full");
    expect(mesh.told.at(-1)).toBe("full");
  });

  it.each(["the API", "the engine's code"])(
    "is left for good, also while %s is waited for",
    async (what) => {
      const livekit = await inside();
      let come = (): void => undefined;
      const late = new Promise<void>((resolve) => (come = resolve));
      const next = new Engine("mesh");
      if (what === "the API") {
        renew.mockReturnValueOnce(late.then(() => settingsOf("mesh")));
        createProvider.mockResolvedValueOnce(next);
      } else createProvider.mockReturnValueOnce(late.then(() => next));
      seat.changeTo("mesh");
      const waitedFor = what === "the API" ? renew : createProvider;
      const calls = what === "the API" ? 1 : 2;
      await vi.waitFor(() => expect(waitedFor).toHaveBeenCalledTimes(calls), patience);
      await seat.leave();
      expect(livekit.told.at(-1)).toBe("disconnect");
      come();
      await late;
      if (what === "the engine's code")
        await vi.waitFor(() => expect(next.told).toEqual(["disconnect"]), patience);
      expect(next.told).not.toContain("connect");
      expect(seat.provider()).toBeNull();
    },
  );
});
