import {
  DarasaError,
  errorTable,
  type ConnectionMode,
  type ErrorCode,
  type ParticipantId,
  type TrackKind,
} from "@darasa/protocol";
import { backoffDelayMs } from "../connection/backoff.ts";
import type { createProvider, VideoSettings } from "./createProvider.ts";
import type { OpenDevices } from "./openDevices.ts";
import {
  noMedia,
  type DeviceKind,
  type MediaProvider,
  type MediaSnapshot,
  type ProviderKind,
  type SpeakingLevels,
} from "./provider.ts";
import type { SignallingPort } from "./signallingPort.ts";
import { addStatistics, costOf, noStatistics, type MediaStatistics } from "./statistics.ts";

export interface EngineSeatOptions {
  /** Of the first engine. */
  readonly video: VideoSettings;
  readonly port: SignallingPort;
  /** In [0, 1). */
  readonly random: () => number;
  /** Makes each engine. */
  readonly createProvider: typeof createProvider;
  /** What joining would say of that engine, with a fresh token. @throws DarasaError with the API's code */
  readonly renew: (kind: ProviderKind) => Promise<VideoSettings>;
  /** For the first engine; what it does not take is let go. */
  readonly opened: OpenDevices;
  /** Read whenever an engine begins: those of now. */
  readonly devices: () => Readonly<Record<DeviceKind, string | null>>;
  /** Read whenever an engine begins: what the person wants to be on. */
  readonly wished: () => readonly TrackKind[];
  readonly onSnapshot: (snapshot: MediaSnapshot) => void;
  readonly onLevels: (levels: SpeakingLevels) => void;
  readonly onForcedOff: (track: TrackKind, snapshot: MediaSnapshot) => void;
}

const starting = { state: "starting", stream: null, problem: null } as const;

/**
 * One person's place in a class's media, whatever engine carries it: the engine may be another one later, and what is
 * the person's own (what is on, devices, mode) goes with them. Begins to enter at once.
 */
export class EngineSeat {
  readonly #options: EngineSeatOptions;
  #kind: ProviderKind;
  #provider: MediaProvider | null = null;
  #stops: (() => void)[] = [];
  /** Resolves when the engine of before has let go of the devices. */
  #left: Promise<void> = Promise.resolve();
  #farewell: Promise<void> = Promise.resolve();
  #spent: MediaStatistics = noStatistics;
  #mode: ConnectionMode = "full";
  #teachers: ReadonlySet<ParticipantId> = new Set();
  #stage: HTMLElement | null = null;
  /** Counts changes, so that a way in that was overtaken comes to nothing. */
  #turn = 0;
  #endWait: () => void = () => undefined;

  constructor(options: EngineSeatOptions) {
    this.#options = options;
    this.#kind = options.video.provider;
    void this.#begin(() => Promise.resolve(options.video));
  }

  /** Null while one is between two engines. */
  readonly provider = (): MediaProvider | null => this.#provider;

  /** Leaves the engine and enters the other one; nothing happens where it is that one already. */
  readonly changeTo = (kind: ProviderKind): void => {
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.#stage = null;
    this.#left = this.#letGo();
    this.#showBetween();
    void this.#begin(() => this.#options.renew(kind));
  };

  readonly setTrack = async (kind: TrackKind, on: boolean): Promise<void> => {
    if (this.#provider === null) this.#showBetween();
    else await this.#provider.setTrack(kind, on);
  };

  readonly setMode = (mode: ConnectionMode): void => {
    this.#mode = mode;
    this.#provider?.setMode(mode);
  };

  readonly setTeachers = (teachers: ReadonlySet<ParticipantId>): void => {
    this.#teachers = teachers;
    this.#provider?.setTeachers(teachers);
  };

  /** The place of an engine that draws everybody itself. */
  readonly mountStage = (element: HTMLElement): void => {
    this.#stage = element;
    // It is being made, and stands in the page when that is done.
    queueMicrotask(() => this.#mount());
  };

  /** All engines together. */
  readonly statistics = async (): Promise<MediaStatistics> => {
    const now = (await this.#provider?.statistics()) ?? noStatistics;
    return addStatistics(this.#spent, now);
  };

  /** Final. */
  readonly leave = async (): Promise<void> => {
    await Promise.all([this.#left, this.#letGo()]);
    await this.#farewell;
  };

  async #begin(video: () => Promise<VideoSettings>): Promise<void> {
    const turn = ++this.#turn;
    await this.#left;
    const settings = await this.#persist(turn, video);
    if (settings === null || turn !== this.#turn) return;
    const provider = await this.#persist(turn, () => this.#make(settings));
    if (turn === this.#turn && provider !== null) this.#take(provider);
    else await provider?.disconnect();
  }

  #make(settings: VideoSettings): Promise<MediaProvider> {
    const { port, opened, renew, devices, createProvider } = this.#options;
    const kind = settings.provider;
    return createProvider(settings, {
      port,
      opened,
      devices: devices(),
      renew: () => renew(kind),
    });
  }

  /**
   * Until it is done: the class may have gone on meanwhile, the server may not be there yet, and an engine's code may
   * be lost on a thin line. Null where one has gone on, or may not.
   */
  async #persist<T>(turn: number, attemptOnce: () => Promise<T>): Promise<T | null> {
    for (let attempt = 1; turn === this.#turn; attempt += 1) {
      try {
        return await attemptOnce();
      } catch (error) {
        const code = error instanceof DarasaError ? error.code : "unavailable";
        if (turn !== this.#turn) return null;
        if (code !== "conflict" && !errorTable[code].retryable) {
          this.#showBetween(code);
          return null;
        }
        await this.#wait(backoffDelayMs(attempt, this.#options.random()));
      }
    }
    return null;
  }

  #take(provider: MediaProvider): void {
    const { opened, wished, onSnapshot, onLevels, onForcedOff } = this.#options;
    this.#provider = provider;
    this.#stops = [
      provider.onChange(() => onSnapshot(provider.snapshot())),
      provider.onLevels(onLevels),
      provider.onForcedOff((track) => onForcedOff(track, provider.snapshot())),
    ];
    provider.setTeachers(this.#teachers);
    if (this.#mode !== "full") provider.setMode(this.#mode);
    if (this.#mode !== "text") {
      void provider.connect();
      for (const kind of wished()) void provider.setTrack(kind, true);
    }
    opened.close();
    this.#mount();
    onSnapshot(provider.snapshot());
  }

  #mount(): void {
    if (this.#stage?.isConnected === true) this.#provider?.stage?.mount(this.#stage);
  }

  async #letGo(): Promise<void> {
    this.#turn += 1;
    this.#endWait();
    this.#options.opened.close();
    for (const stop of this.#stops.splice(0)) stop();
    const provider = this.#provider;
    this.#provider = null;
    if (provider === null) return;
    const spent = await provider.statistics().catch(() => noStatistics);
    this.#spent = addStatistics(this.#spent, costOf(spent));
    // Devices are closed at once; nobody waits for the farewell to a server that may be gone.
    this.#farewell = provider.disconnect();
  }

  #showBetween(refusal: ErrorCode | null = null): void {
    const wished = refusal === null ? this.#options.wished() : [];
    const local = Object.fromEntries(wished.map((kind) => [kind, starting]));
    this.#options.onSnapshot({
      ...noMedia,
      status: refusal === null ? "connecting" : "refused",
      refusal,
      can: { microphone: refusal === null, camera: refusal === null, screen: false },
      local: { ...noMedia.local, ...local },
    });
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, delayMs);
      this.#endWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
