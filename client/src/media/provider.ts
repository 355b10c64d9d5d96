import type { ConnectionMode, ErrorCode, ParticipantId, TrackKind } from "@darasa/protocol";
import type { MediaProblem } from "./describeMediaError.ts";
import type { MediaStatistics } from "./statistics.ts";

/** Which engine carries sound and pictures. */
export type ProviderKind = "mesh" | "none" | "livekit" | "jitsi";

/**
 * `refused` goes with a `refusal`; where trying again may help (`mesh_full`), the provider does so by
 * itself. `reconnecting` means: what is connected goes on, nobody new can be reached for now.
 */
export type ProviderStatus = "idle" | "connecting" | "connected" | "reconnecting" | "refused";

/**
 * How one other person is reached. `lost` was connected and is being mended; `failed` could not be
 * connected and is tried again now and then.
 */
export type PersonConnection = "connecting" | "connected" | "lost" | "failed";

/** How well the other person's own line carries: `lost` when nothing of them arrives for now. */
export type LineQuality = "good" | "poor" | "lost";

/** Devices that a person can choose between. */
export type DeviceKind = "microphone" | "camera" | "speaker";

/** One's own microphone, camera or screen. */
export interface LocalTrack {
  readonly state: "off" | "starting" | "on";
  /** What is sent or previewed; null unless `on`. Belongs to the provider: do not stop its tracks. */
  readonly stream: MediaStream | null;
  /** Why it is off although it was wanted; null again at the next try. */
  readonly problem: MediaProblem | null;
}

/** What arrives from one other person. Streams are stable: a new object means a new stream. */
export interface RemoteMedia {
  readonly participantId: ParticipantId;
  readonly connection: PersonConnection;
  readonly quality: LineQuality;
  /** Audio only; silent while the microphone is off, null as long as nothing was ever said over it. */
  readonly microphone: MediaStream | null;
  /** Video only; null while the camera is off. */
  readonly camera: MediaStream | null;
  /** Video and, where the browser shares it, audio; null while no screen is shared. */
  readonly screen: MediaStream | null;
}

/** Everything there is to show, as a value; replaced, never changed. */
export interface MediaSnapshot {
  readonly status: ProviderStatus;
  /** Why `status` is `refused`, else null. */
  readonly refusal: ErrorCode | null;
  /** What the person may switch on here, by permission and by what the browser can do. */
  readonly can: Readonly<Record<TrackKind, boolean>>;
  readonly local: Readonly<Record<TrackKind, LocalTrack>>;
  readonly remotes: readonly RemoteMedia[];
}

/** One picture of somebody else, and how large it is on the screen right now. */
export interface WantedPicture {
  readonly participantId: ParticipantId;
  readonly source: "camera" | "screen";
  /** In pixels of the device; 0 while it is not in sight. */
  readonly widthPixels: number;
}

/** Loudness by person, 0 (silence) to 1, one's own included. */
export type SpeakingLevels = ReadonlyMap<ParticipantId, number>;

/**
 * The contract of every video engine. Headless: it owns tracks and connections, never an element. All
 * changes are announced through `onChange`; `snapshot` is cheap and always current.
 */
export interface MediaProvider {
  readonly kind: ProviderKind;

  snapshot(): MediaSnapshot;
  /** Calls `listener` after every change of the snapshot, until the returned function is called. */
  onChange(listener: () => void): () => void;
  /** Calls `listener` about five times a second, until the returned function is called. */
  onLevels(listener: (levels: SpeakingLevels) => void): () => void;

  /** Enters the class's media; resolves when entered or refused, which the snapshot tells. Never rejects. */
  connect(): Promise<void>;
  /** Leaves, stops every device and closes every connection. Final: a provider is not connected twice. */
  disconnect(): Promise<void>;

  /**
   * Switches one's own track on or off; resolves when done. A failure is told as `problem` of the track,
   * never thrown. Off means that the device's light goes out, except for the microphone, which stays open
   * so that one can be told that one talks while muted; nothing of it is sent.
   */
  setTrack(kind: TrackKind, on: boolean): Promise<void>;
  /**
   * Uses another device from now on (null: the system's), also for a running track. A provider that plays
   * no sound itself ignores `speaker`.
   */
  setDevice(kind: DeviceKind, deviceId: string | null): Promise<void>;

  /**
   * Takes only as much of the class as `mode` allows, from now on. `lite`: of the pictures only those of
   * teachers and the shared screen, small. `audio`: no picture is received or sent. `text`: out of media
   * altogether, every device closed, `status` `idle`; another mode enters again. What a mode switched off
   * stays off until the person switches it on.
   */
  setMode(mode: ConnectionMode): void;
  /** Says who the teachers are, by what the gateway knows; said again when it changes. */
  setTeachers(teachers: ReadonlySet<ParticipantId>): void;
  /**
   * Says how large a picture is shown, so that no more of it is sent than can be seen. A picture of which
   * nothing was said is wanted whole. A hint: an engine that cannot use it ignores it.
   */
  setWanted(picture: WantedPicture): void;
  /** Calls `listener` when the server switched a track of one's own off, after it is off. */
  onForcedOff(listener: (kind: TrackKind) => void): () => void;

  statistics(): Promise<MediaStatistics>;

  /**
   * There for an engine that draws everybody itself, whose streams are then null: it does so in the element that it
   * is given, which must stay where it is. Until then it does not enter.
   */
  readonly stage?: { mount(element: HTMLElement): void };
}

const off: LocalTrack = { state: "off", stream: null, problem: null };

/** Nothing on, nobody there, nothing permitted. */
export const noMedia: MediaSnapshot = {
  status: "idle",
  refusal: null,
  can: { microphone: false, camera: false, screen: false },
  local: { microphone: off, camera: off, screen: off },
  remotes: [],
};
