import { trackKinds, type TrackKind } from "@darasa/protocol";
import type { CameraCapture } from "./cameraCapture.ts";
import { canShareScreen } from "./canShareScreen.ts";
import { createCapture, type Capture } from "./createCapture.ts";
import { errorName } from "./describeMediaError.ts";
import { holdDevices, type HandedOver, type OpenDevices } from "./openDevices.ts";
import type { DeviceKind, LocalTrack } from "./provider.ts";

/** What goes out right now; null where nothing does. */
export interface OutgoingTracks {
  readonly microphone: MediaStreamTrack | null;
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  readonly screenSound: MediaStreamTrack | null;
}

/** One's own microphone, camera and screen, before any connection: the lobby previews it, a mesh sends it. */
export interface LocalMedia {
  readonly tracks: () => Readonly<Record<TrackKind, LocalTrack>>;
  readonly outgoing: () => OutgoingTracks;
  /** What the open microphone hears, also while it is switched off. */
  readonly microphoneInput: () => MediaStream | null;
  readonly can: Readonly<Record<TrackKind, boolean>>;
  /** Resolves when done; a failure is the track's `problem`. */
  readonly setTrack: (kind: TrackKind, on: boolean) => Promise<void>;
  readonly setDevice: (kind: DeviceKind, deviceId: string | null) => Promise<void>;
  readonly onChange: (listener: (kind: TrackKind) => void) => () => void;
  /** Gives away what is on, as it is, and is all off. */
  readonly handOver: () => OpenDevices;
  /** Switches everything off and lets go of every device, until a track is switched on again. */
  readonly rest: () => Promise<void>;
  readonly close: () => void;
}

interface LocalMediaOptions {
  /** Absent on a page that was not loaded securely. */
  readonly mediaDevices: MediaDevices | undefined;
  readonly devices: Readonly<Record<DeviceKind, string | null>>;
  /** Used in place of opening the same devices anew. */
  readonly opened: OpenDevices;
  /** Whether a microphone that is switched off stays open, so that one can be told that one talks while muted. */
  readonly listensWhileMuted: boolean;
  readonly camera: CameraCapture;
}

/** All off. Opens a device when its track is first switched on; `close` lets go of all. */
export function createLocalMedia(options: LocalMediaOptions): LocalMedia {
  const chosen = { ...options.devices };
  const captures = createCaptures(options, chosen);
  return {
    tracks: () => ({
      microphone: captures.microphone.track(),
      camera: captures.camera.track(),
      screen: captures.screen.track(),
    }),
    outgoing: () => ({
      microphone: firstTrack(captures.microphone.track(), "audio"),
      camera: firstTrack(captures.camera.track(), "video"),
      screen: firstTrack(captures.screen.track(), "video"),
      screenSound: firstTrack(captures.screen.track(), "audio"),
    }),
    microphoneInput: captures.microphone.input,
    can: whatBrowserCan(options.mediaDevices),
    setTrack: (kind, on) => captures[kind].set(on),
    setDevice: async (kind, deviceId) => {
      chosen[kind] = deviceId;
      if (kind !== "speaker") await captures[kind].reopen();
    },
    onChange: (listener) => {
      const stops = trackKinds.map((kind) => captures[kind].onChange(() => listener(kind)));
      return () => stops.forEach((stop) => stop());
    },
    handOver: () =>
      holdDevices({
        microphone: captures.microphone.handOver(),
        camera: captures.camera.handOver(),
      }),
    rest: async () => {
      await Promise.all(trackKinds.map((kind) => captures[kind].set(false)));
      await Promise.all(trackKinds.map((kind) => captures[kind].reopen()));
    },
    close: () => trackKinds.forEach((kind) => captures[kind].close()),
  };
}

/**
 * Phones share no screen. Without `mediaDevices` (an insecure page) the switches stay, since pressing one
 * is how a person learns why it does not work.
 */
function whatBrowserCan(mediaDevices: MediaDevices | undefined): LocalMedia["can"] {
  return { microphone: true, camera: true, screen: canShareScreen(mediaDevices) };
}

function createCaptures(
  { mediaDevices, opened, camera, listensWhileMuted }: LocalMediaOptions,
  chosen: Readonly<Record<DeviceKind, string | null>>,
): Record<TrackKind, Capture> {
  return {
    microphone: createCapture({
      keepOpen: listensWhileMuted,
      endIsProblem: true,
      open: () =>
        takeOrOpen(opened, "microphone", () =>
          openDevice(mediaDevices, chosen.microphone, (device) => ({
            audio: {
              ...device,
              echoCancellation: true,
              noiseSuppression: true,
              autoGainControl: true,
            },
          })),
        ),
    }),
    camera: createCapture({
      keepOpen: false,
      endIsProblem: true,
      open: () =>
        takeOrOpen(opened, "camera", () =>
          openDevice(mediaDevices, chosen.camera, (device) => ({
            video: {
              ...device,
              width: { ideal: camera.width },
              height: { ideal: camera.height },
              frameRate: { ideal: camera.framesPerSecond },
            },
          })),
        ),
    }),
    screen: createCapture({
      keepOpen: false,
      endIsProblem: false,
      open: () => openScreen(mediaDevices),
    }),
  };
}

/** What is open already, unless it has ended meanwhile. */
async function takeOrOpen(
  opened: OpenDevices,
  kind: HandedOver,
  open: () => Promise<MediaStream>,
): Promise<MediaStream> {
  const stream = await opened.take(kind);
  const isLive = stream?.getTracks().some((track) => track.readyState === "live") === true;
  return isLive ? stream : open();
}

/** Falls back to the system's device when the chosen one is not there any more. */
async function openDevice(
  mediaDevices: MediaDevices | undefined,
  deviceId: string | null,
  constraints: (device: MediaTrackConstraints) => MediaStreamConstraints,
): Promise<MediaStream> {
  const devices = secured(mediaDevices);
  if (deviceId === null) return hinted(await devices.getUserMedia(constraints({})));
  try {
    const exact = constraints({ deviceId: { exact: deviceId } });
    return hinted(await devices.getUserMedia(exact));
  } catch (error) {
    if (!isMissingDevice(error)) throw error;
    return hinted(await devices.getUserMedia(constraints({})));
  }
}

async function openScreen(mediaDevices: MediaDevices | undefined): Promise<MediaStream> {
  const devices = secured(mediaDevices);
  if (!("getDisplayMedia" in devices)) throw new DOMException("no capture", "NotSupportedError");
  const video = { frameRate: { ideal: 12, max: 15 }, height: { max: 1080 } };
  const stream = await devices.getDisplayMedia({ video, audio: true });
  for (const track of stream.getVideoTracks()) track.contentHint = "detail";
  return stream;
}

function secured(mediaDevices: MediaDevices | undefined): MediaDevices {
  if (mediaDevices !== undefined) return mediaDevices;
  throw new DOMException("not a secure context", "InsecureContextError");
}

function isMissingDevice(error: unknown): boolean {
  return ["OverconstrainedError", "NotFoundError"].includes(errorName(error));
}

/** Tells the encoder what it gets, which decides whether frames or pixels go first on a thin line. */
function hinted(stream: MediaStream): MediaStream {
  for (const track of stream.getAudioTracks()) track.contentHint = "speech";
  for (const track of stream.getVideoTracks()) track.contentHint = "motion";
  return stream;
}

function firstTrack(track: LocalTrack, kind: "audio" | "video"): MediaStreamTrack | null {
  if (track.state !== "on") return null;
  return track.stream?.getTracks().find((candidate) => candidate.kind === kind) ?? null;
}
