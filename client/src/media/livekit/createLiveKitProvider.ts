import {
  trackKinds,
  type ConnectionMode,
  type ParticipantId,
  type TrackKind,
} from "@darasa/protocol";
import { Room, RoomEvent } from "livekit-client";
import { createListeners } from "../../connection/listeners.ts";
import type { LocalMedia } from "../createLocalMedia.ts";
import { createOwnLevel } from "../ownLevel.ts";
import type {
  DeviceKind,
  MediaProvider,
  MediaSnapshot,
  SpeakingLevels,
  WantedPicture,
} from "../provider.ts";
import { sendsPictures } from "../receivedPictures.ts";
import type { SignallingPort } from "../signallingPort.ts";
import type { MediaStatistics } from "../statistics.ts";
import { createPublisher } from "./createPublisher.ts";
import { createReceiver } from "./createReceiver.ts";
import { createRoomKeeper } from "./createRoomKeeper.ts";
import { createRoomStatistics } from "./createRoomStatistics.ts";
import type { MediaCall } from "./mediaCall.ts";
import { roomOptions } from "./sending.ts";

export interface LiveKitProviderOptions {
  readonly call: MediaCall;
  /** Asked at each way in after the first. @throws DarasaError with the API's code */
  readonly renew: () => Promise<MediaCall>;
  /** Tells the class which of one's tracks are on. */
  readonly port: Pick<SignallingPort, "participantId" | "setMedia">;
  /** Becomes the provider's own: it is closed with it. */
  readonly local: LocalMedia;
}

const levelIntervalMs = 200;
const nothing: MediaSnapshot["can"] = { microphone: false, camera: false, screen: false };

/**
 * Everybody over one LiveKit server: one upload each, and of the others what is looked at. The server alone decides
 * who comes in and who sends what; it is believed, and shown.
 */
export function createLiveKitProvider(options: LiveKitProviderOptions): MediaProvider {
  return new LiveKitProvider(options);
}

class LiveKitProvider implements MediaProvider {
  readonly kind = "livekit";
  readonly #port: LiveKitProviderOptions["port"];
  readonly #local: LocalMedia;
  readonly #room = new Room(roomOptions);
  readonly #changes = createListeners<undefined>();
  readonly #forcedOff = createListeners<TrackKind>();
  readonly #ownLevel;
  readonly #keeper;
  readonly #publisher;
  readonly #receiver;
  readonly #readStatistics = createRoomStatistics(this.#room);
  readonly #stopLocal: () => void;
  #snapshot: MediaSnapshot | null = null;
  #mode: ConnectionMode = "full";

  constructor({ call, renew, port, local }: LiveKitProviderOptions) {
    this.#port = port;
    this.#local = local;
    this.#ownLevel = createOwnLevel(local.microphoneInput);
    const time = { random: Math.random, after };
    this.#publisher = createPublisher({
      room: this.#room,
      local,
      onTakenOff: this.#takenOff,
      ...time,
    });
    this.#receiver = createReceiver(this.#room, () => this.#changed());
    this.#keeper = createRoomKeeper({
      room: this.#room,
      call,
      renew,
      now: Date.now,
      ...time,
      onChange: () => this.#keeperChanged(),
    });
    this.#stopLocal = local.onChange(this.#localChanged);
    this.#room.on(RoomEvent.ParticipantPermissionsChanged, this.#changed);
  }

  readonly onChange = this.#changes.listen;
  readonly onForcedOff = this.#forcedOff.listen;

  readonly snapshot = (): MediaSnapshot => {
    this.#snapshot ??= {
      status: this.#keeper.status(),
      refusal: this.#keeper.refusal(),
      can: this.#can(),
      local: this.#local.tracks(),
      remotes: this.#receiver.remotes(),
    };
    return this.#snapshot;
  };

  readonly connect = (): Promise<void> => this.#keeper.enter();

  readonly disconnect = async (): Promise<void> => {
    this.#stopLocal();
    this.#ownLevel.close();
    this.#publisher.close();
    this.#receiver.close();
    this.#local.close();
    await this.#keeper.leave();
  };

  readonly setTrack = async (kind: TrackKind, on: boolean): Promise<void> => {
    if (on && !this.#can()[kind]) return;
    await this.#local.setTrack(kind, on);
  };

  readonly setDevice = (kind: DeviceKind, deviceId: string | null): Promise<void> =>
    this.#local.setDevice(kind, deviceId);

  readonly setMode = (mode: ConnectionMode): void => {
    const before = this.#mode;
    this.#mode = mode;
    this.#receiver.setMode(mode);
    this.#publisher.setMode(mode);
    if (!sendsPictures(mode))
      for (const kind of ["camera", "screen"] as const) void this.#local.setTrack(kind, false);
    if (mode === "text") void Promise.all([this.#local.rest(), this.#keeper.leave()]);
    else if (before === "text" && this.#keeper.status() === "idle") void this.connect();
    this.#changed();
  };

  readonly setTeachers = (teachers: ReadonlySet<ParticipantId>): void =>
    this.#receiver.setTeachers(teachers);

  readonly setWanted = (picture: WantedPicture): void => this.#receiver.setWanted(picture);

  readonly statistics = (): Promise<MediaStatistics> => this.#readStatistics();

  readonly onLevels = (listener: (levels: SpeakingLevels) => void): (() => void) => {
    const timer = setInterval(() => listener(this.#levels()), levelIntervalMs);
    return () => clearInterval(timer);
  };

  #levels(): SpeakingLevels {
    // The server's word: what LiveKit forwards carries no level of its own.
    const speakers = this.#room.activeSpeakers.map(
      ({ identity, audioLevel }) => [identity as ParticipantId, audioLevel] as const,
    );
    return new Map([...speakers, [this.#port.participantId, this.#ownLevel.read()]]);
  }

  /** Before the server has said what one may send, a screen is not offered: most people may not share one. */
  #can(): MediaSnapshot["can"] {
    const status = this.#keeper.status();
    if (this.#mode === "text" || status === "refused") return nothing;
    const hasAnswer = this.#room.localParticipant.permissions !== undefined;
    const may = hasAnswer
      ? this.#publisher.may()
      : { microphone: true, camera: true, screen: false };
    const { can } = this.#local;
    const pictures = sendsPictures(this.#mode);
    return {
      microphone: can.microphone && may.microphone,
      camera: can.camera && may.camera && pictures,
      screen: can.screen && may.screen && pictures,
    };
  }

  readonly #takenOff = (kind: TrackKind): void => {
    void this.#local.setTrack(kind, false).then(() => this.#forcedOff.tell(kind));
  };

  readonly #localChanged = (): void => {
    this.#syncAndTell();
    this.#changed();
  };

  #keeperChanged(): void {
    const status = this.#keeper.status();
    if (status === "connected") this.#entered();
    if (status === "refused") for (const kind of trackKinds) void this.#local.setTrack(kind, false);
    this.#changed();
  }

  /** What was switched on before one was in, and may not be sent here, goes off again. */
  #entered(): void {
    const may = this.#publisher.may();
    for (const kind of trackKinds)
      if (!may[kind] && this.#local.tracks()[kind].state !== "off") this.#takenOff(kind);
    this.#syncAndTell();
  }

  #syncAndTell(): void {
    void this.#publisher.sync();
    const { microphone, camera, screen } = this.#local.tracks();
    this.#port.setMedia({
      microphone: microphone.state === "on",
      camera: camera.state === "on",
      screen: screen.state === "on",
    });
  }

  readonly #changed = (): void => {
    this.#snapshot = null;
    this.#changes.tell(undefined);
  };
}

function after(delayMs: number, run: () => void): () => void {
  const timer = setTimeout(run, delayMs);
  return () => clearTimeout(timer);
}
