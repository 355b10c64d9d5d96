import { onCleanup, onMount } from "solid-js";
import { createStore, type SetStoreFunction } from "solid-js/store";
import type { ParticipantRole, VideoProvider } from "@darasa/protocol";
import { cameraCaptureFor } from "../media/cameraCapture.ts";
import { createLocalMedia, type LocalMedia } from "../media/createLocalMedia.ts";
import { noDevices, watchDevices, type DeviceLists, type DeviceWatch } from "../media/devices.ts";
import {
  browserStorage,
  loadMediaChoice,
  storeMediaChoice,
  type LocalMediaChoice,
} from "../media/localMediaChoice.ts";
import { noOpenDevices, type OpenDevices } from "../media/openDevices.ts";
import { createOwnLevel } from "../media/ownLevel.ts";
import { noMedia, type DeviceKind, type LocalTrack } from "../media/provider.ts";

/** What the lobby shows of one's devices; a Solid store. */
export interface LobbyMediaState {
  readonly microphone: LocalTrack;
  readonly camera: LocalTrack;
  readonly devices: DeviceLists;
  readonly chosen: LocalMediaChoice["devices"];
  /** Loudness of the microphone, 0 to 1. */
  readonly level: number;
  /** Something was heard since the microphone was switched on. */
  readonly wasHeard: boolean;
}

/** Devices tried out before a class; nothing is sent. */
export interface LobbyMedia {
  readonly state: LobbyMediaState;
  readonly toggle: (kind: "microphone" | "camera") => void;
  readonly choose: (kind: DeviceKind, deviceId: string | null) => void;
  /** What is on now and by which devices, remembered for the next time. */
  readonly choice: () => LocalMediaChoice;
  /** Gives what is on away to the class, as it is: no light goes out, and no device is opened twice. */
  readonly handOver: () => OpenDevices;
}

const meterIntervalMs = 60;
/** Louder than the hiss of a cheap microphone. */
const heardLevel = 0.02;

type MutableState = { -readonly [Key in keyof LobbyMediaState]: LobbyMediaState[Key] };

/** Opens what the role or the last visit says is on. Lets go of every device with its owner. */
export function createLobbyMedia(role: ParticipantRole, video: VideoProvider): LobbyMedia {
  return new TriedMedia(loadMediaChoice(browserStorage, role), video);
}

class TriedMedia implements LobbyMedia {
  readonly state: LobbyMediaState;
  readonly #setState: SetStoreFunction<MutableState>;
  readonly #local: LocalMedia;
  readonly #watch: DeviceWatch;

  constructor(initial: LocalMediaChoice, video: VideoProvider) {
    [this.state, this.#setState] = createStore<MutableState>({
      microphone: noMedia.local.microphone,
      camera: noMedia.local.camera,
      devices: noDevices,
      chosen: initial.devices,
      level: 0,
      wasHeard: false,
    });
    // lib.dom calls it always there; on an insecure page it is not.
    const mediaDevices = navigator.mediaDevices as MediaDevices | undefined;
    this.#local = createLocalMedia({
      mediaDevices,
      devices: initial.devices,
      opened: noOpenDevices,
      listensWhileMuted: false,
      camera: cameraCaptureFor(video),
    });
    this.#watch = watchDevices(mediaDevices, {
      onLists: (devices) => this.#setState({ devices }),
      onNew: () => undefined,
    });
    this.#local.onChange(this.#show);
    this.#followLevel();
    // On an insecure page trying is how the reason comes to be told, whatever was wanted.
    const isInsecure = mediaDevices === undefined;
    onMount(() => {
      if (initial.camera || isInsecure) void this.#local.setTrack("camera", true);
      if (initial.microphone || isInsecure) void this.#local.setTrack("microphone", true);
    });
    onCleanup(() => {
      this.#watch.stop();
      this.#local.close();
    });
  }

  readonly toggle = (kind: "microphone" | "camera"): void => {
    void this.#local.setTrack(kind, this.state[kind].state === "off");
  };

  readonly choose = (kind: DeviceKind, deviceId: string | null): void => {
    this.#setState("chosen", { ...this.state.chosen, [kind]: deviceId });
    void this.#local.setDevice(kind, deviceId);
  };

  readonly choice = (): LocalMediaChoice => {
    const choice = {
      microphone: this.state.microphone.state !== "off",
      camera: this.state.camera.state !== "off",
      devices: { ...this.state.chosen },
    };
    storeMediaChoice(browserStorage, choice);
    return choice;
  };

  readonly handOver = (): OpenDevices => this.#local.handOver();

  readonly #show = (): void => {
    const { microphone, camera } = this.#local.tracks();
    this.#setState({ microphone, camera });
    if (microphone.state === "on" || camera.state === "on") this.#watch.lookAgain();
    if (microphone.state !== "on") this.#setState({ level: 0, wasHeard: false });
  };

  #followLevel(): void {
    const meter = createOwnLevel(this.#local.microphoneInput);
    const timer = setInterval(() => {
      const level = meter.read();
      this.#setState({ level });
      if (level > heardLevel) this.#setState({ wasHeard: true });
    }, meterIntervalMs);
    onCleanup(() => {
      clearInterval(timer);
      meter.close();
    });
  }
}
