import { onCleanup } from "solid-js";
import { createStore, reconcile, type SetStoreFunction } from "solid-js/store";
import {
  trackKinds,
  type ConnectionMode,
  type ParticipantId,
  type TrackKind,
} from "@darasa/protocol";
import { createProvider, type VideoSettings } from "./createProvider.ts";
import {
  noDevices,
  watchDevices,
  type DeviceLists,
  type DeviceWatch,
  type NewDevice,
} from "./devices.ts";
import { EngineSeat } from "./engineSeat.ts";
import { browserStorage, storeMediaChoice, type LocalMediaChoice } from "./localMediaChoice.ts";
import type { OpenDevices } from "./openDevices.ts";
import {
  noMedia,
  type DeviceKind,
  type MediaSnapshot,
  type ProviderKind,
  type SpeakingLevels,
  type WantedPicture,
} from "./provider.ts";
import { noMutedHint, reduceMutedHint } from "./reduceMutedHint.ts";
import { sendsPictures } from "./receivedPictures.ts";
import { reduceSpeaking, type Speaking } from "./reduceSpeaking.ts";
import type { SignallingPort } from "./signallingPort.ts";
import type { MediaStatistics } from "./statistics.ts";

/** Everything about sound and pictures that the classroom shows; a Solid store. */
export interface MediaState extends MediaSnapshot {
  /** The engine that one is in, or on the way into. */
  readonly provider: ProviderKind;
  /** True for those who speak right now; oneself only while one's microphone is on. */
  readonly speaking: Readonly<Partial<Record<ParticipantId, boolean>>>;
  /** One talks while nobody can hear it. */
  readonly isMutedButTalking: boolean;
  /**
   * What somebody else switched off, until the person has read it or switches it on again; without a name: the class
   * does not let them send it any more.
   */
  readonly switchedOff: { readonly track: TrackKind; readonly byName: string | null } | null;
  /** What was plugged in and might be used. */
  readonly newDevice: NewDevice | null;
  /** The browser plays no sound before the person has pressed something. */
  readonly isSoundBlocked: boolean;
  readonly devices: DeviceLists;
  readonly chosenDevices: LocalMediaChoice["devices"];
}

/** One person's sound and pictures in one class. */
export interface Media {
  readonly state: MediaState;
  readonly selfId: ParticipantId;
  readonly toggleMicrophone: () => void;
  readonly toggleCamera: () => void;
  readonly toggleScreen: () => void;
  /** Null for the system's own choice; remembered on this device. */
  readonly setDevice: (kind: DeviceKind, deviceId: string | null) => void;
  /** Answers the question that `newDevice` is. */
  readonly answerNewDevice: (use: boolean) => void;
  /** Switches a track off because `byName` did so (null: it may not be sent any more); only the person switches it on again. */
  readonly forceOff: (track: TrackKind, byName: string | null) => void;
  readonly dismissSwitchedOff: () => void;
  /** What the class lets this person send from now on: the rest goes off, and cannot be switched on. */
  readonly limitTo: (sources: readonly TrackKind[]) => void;
  /** Told by what plays the sound. */
  readonly reportSoundBlocked: () => void;
  /** To be called from a press: whatever was blocked is played again. */
  readonly allowSound: () => void;
  /**
   * Goes over to that engine, as the class did, with what is on and chosen; nothing happens where it is that one
   * already. The screen is not shared any more: that needs a press.
   */
  readonly changeEngine: (kind: ProviderKind) => void;
  /** Takes as much of the class as that from now on. */
  readonly setMode: (mode: ConnectionMode) => void;
  readonly setTeachers: (teachers: ReadonlySet<ParticipantId>) => void;
  /** Told by what shows a picture: how large it is. */
  readonly setWanted: (picture: WantedPicture) => void;
  /** Gives an engine that draws everybody itself its place, for as long as the class is there. */
  readonly mountStage: (element: HTMLElement) => void;
  readonly statistics: () => Promise<MediaStatistics>;
  /** Leaves and lets go of every device. Happens by itself when the owner is disposed of. */
  readonly leave: () => Promise<void>;
}

export interface MediaOptions {
  readonly video: VideoSettings;
  readonly port: SignallingPort;
  readonly choice: LocalMediaChoice;
  /** What is open already; what is not wanted of it is let go. */
  readonly opened: OpenDevices;
  /** What joining would say of that engine now, with a fresh token. @throws DarasaError with the API's code */
  readonly renew: (kind: ProviderKind) => Promise<VideoSettings>;
}

/** Solid's setter writes only what its type lets it. */
type MutableState = { -readonly [Key in keyof MediaState]: MediaState[Key] };

/** Enters the class's media with the tracks of `choice` on. Lives as long as its owner. */
export function createMedia(options: MediaOptions): Media {
  const media = new ClassroomMedia(options);
  onCleanup(() => void media.leave());
  return media;
}

class ClassroomMedia implements Media {
  readonly state: MediaState;
  readonly selfId: ParticipantId;
  readonly #setState: SetStoreFunction<MutableState>;
  readonly #seat: EngineSeat;
  /** What the person wants to be on, also while no engine has it on. */
  readonly #wished: Record<"microphone" | "camera", boolean>;
  #devices: DeviceWatch | null = null;
  #isOver = false;
  #sources: readonly TrackKind[] = trackKinds;
  #speaking: Speaking = new Map();
  #mutedHint = noMutedHint;
  /** What the media server switched off; the gateway says by whom, before or after. */
  #forcedOff: TrackKind | null = null;

  constructor({ video, port, choice, opened, renew }: MediaOptions) {
    this.selfId = port.participantId;
    [this.state, this.#setState] = createStore<MutableState>({
      // A store is written into, down to the last leaf.
      ...structuredClone(noMedia),
      provider: video.provider,
      status: "connecting",
      speaking: {},
      isMutedButTalking: false,
      switchedOff: null,
      newDevice: null,
      isSoundBlocked: false,
      devices: noDevices,
      chosenDevices: choice.devices,
    });
    this.#wished = { microphone: choice.microphone, camera: choice.camera };
    this.#watchDevices();
    this.#seat = new EngineSeat({
      video,
      port,
      random: Math.random,
      createProvider,
      opened,
      renew,
      devices: () => this.state.chosenDevices,
      wished: () => (["microphone", "camera"] as const).filter((kind) => this.#wished[kind]),
      onSnapshot: this.#show,
      onLevels: this.#hear,
      onForcedOff: (track, { can }) => {
        this.#forcedOff = track;
        if (!can[track]) this.forceOff(track, null);
      },
    });
  }

  readonly toggleMicrophone = (): void => this.#toggle("microphone");
  readonly toggleCamera = (): void => this.#toggle("camera");
  readonly toggleScreen = (): void => this.#toggle("screen");

  readonly setDevice = (kind: DeviceKind, deviceId: string | null): void => {
    this.#setState("chosenDevices", { ...this.state.chosenDevices, [kind]: deviceId });
    this.#remember();
    void this.#seat.provider()?.setDevice(kind, deviceId);
  };

  readonly answerNewDevice = (use: boolean): void => {
    const { newDevice } = this.state;
    this.#setState("newDevice", null);
    if (newDevice === null || !use) return;
    for (const kind of ["microphone", "camera", "speaker"] as const) {
      const deviceId = newDevice.devices[kind];
      if (deviceId !== undefined) this.setDevice(kind, deviceId);
    }
  };

  readonly forceOff = (track: TrackKind, byName: string | null): void => {
    const isOff = this.state.local[track].state === "off";
    if (isOff && this.#forcedOff !== track) return;
    this.#forcedOff = null;
    this.#setState("switchedOff", { track, byName });
    this.#wish(track, false);
    void this.#seat.setTrack(track, false);
  };

  readonly dismissSwitchedOff = (): void => this.#setState("switchedOff", null);

  readonly limitTo = (sources: readonly TrackKind[]): void => {
    this.#sources = sources;
    for (const track of trackKinds) if (!sources.includes(track)) this.forceOff(track, null);
    const provider = this.#seat.provider();
    if (provider !== null) this.#show(provider.snapshot());
  };

  readonly reportSoundBlocked = (): void => this.#setState("isSoundBlocked", true);
  readonly allowSound = (): void => this.#setState("isSoundBlocked", false);

  readonly changeEngine = (kind: ProviderKind): void => {
    if (this.#isOver || kind === this.state.provider) return;
    this.#setState("provider", kind);
    this.#watchDevices();
    this.#seat.changeTo(kind);
  };

  readonly setMode = (mode: ConnectionMode): void => {
    if (!sendsPictures(mode)) this.#wish("camera", false);
    if (mode === "text") this.#wish("microphone", false);
    this.#seat.setMode(mode);
  };

  readonly setTeachers = (teachers: ReadonlySet<ParticipantId>): void =>
    this.#seat.setTeachers(teachers);

  readonly mountStage = (element: HTMLElement): void => this.#seat.mountStage(element);

  readonly setWanted = (picture: WantedPicture): void => this.#seat.provider()?.setWanted(picture);

  readonly statistics = (): Promise<MediaStatistics> => this.#seat.statistics();

  readonly leave = async (): Promise<void> => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#devices?.stop();
    await this.#seat.leave();
  };

  /** A class of board and chat has none to look for. */
  #watchDevices(): void {
    if (this.#devices !== null || this.state.provider === "none") return;
    this.#devices = watchDevices(navigator.mediaDevices, {
      onLists: (devices) => this.#setState("devices", devices),
      onNew: (newDevice) => this.#setState("newDevice", newDevice),
    });
  }

  readonly #show = ({ status, refusal, can, local, remotes }: MediaSnapshot): void => {
    const wasOn =
      this.state.local.microphone.state === "on" || this.state.local.camera.state === "on";
    // An engine whose own page is shown has switches that ask nobody.
    const isTooMuch = (track: TrackKind) =>
      !this.#sources.includes(track) &&
      local[track].state === "on" &&
      this.state.local[track].state === "off";
    const tooMuch = trackKinds.filter(isTooMuch);
    this.#setState({ status, refusal, local });
    for (const track of tooMuch) this.forceOff(track, null);
    const may = (track: TrackKind) => can[track] && this.#sources.includes(track);
    this.#setState("can", {
      microphone: may("microphone"),
      camera: may("camera"),
      screen: may("screen"),
    });
    this.#setState("remotes", reconcile(remotes, { key: "participantId" }));
    const isOn = local.microphone.state === "on" || local.camera.state === "on";
    if (isOn && !wasOn) this.#devices?.lookAgain();
  };

  #toggle(kind: TrackKind): void {
    const on = this.state.local[kind].state === "off";
    if (on && !this.#sources.includes(kind)) {
      this.#setState("switchedOff", { track: kind, byName: null });
      return;
    }
    if (on && this.state.switchedOff?.track === kind) this.dismissSwitchedOff();
    if (on) this.#forcedOff = null;
    this.#wish(kind, on);
    void this.#seat.setTrack(kind, on).then(() => this.#remember());
  }

  /** A screen is shared by a press alone: it is never wished for again. */
  #wish(kind: TrackKind, on: boolean): void {
    if (kind !== "screen") this.#wished[kind] = on;
  }

  readonly #hear = (levels: SpeakingLevels): void => {
    const nowMs = Date.now();
    this.#speaking = reduceSpeaking(this.#speaking, levels, nowMs);
    const isMuted = this.state.local.microphone.state === "off";
    const isTalking = this.#speaking.has(this.selfId);
    this.#mutedHint = reduceMutedHint(this.#mutedHint, { isMuted, isTalking }, nowMs);
    const heard = [...this.#speaking.keys()].filter((id) => !isMuted || id !== this.selfId);
    this.#setState("isMutedButTalking", this.#mutedHint.isShown);
    this.#setState("speaking", reconcile(Object.fromEntries(heard.map((id) => [id, true]))));
  };

  #remember(): void {
    const { local, chosenDevices } = this.state;
    storeMediaChoice(browserStorage, {
      microphone: local.microphone.state !== "off",
      camera: local.camera.state !== "off",
      devices: chosenDevices,
    });
  }
}
