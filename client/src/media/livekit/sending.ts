import type { RoomOptions, TrackPublishDefaults } from "livekit-client";
import { VideoPreset } from "livekit-client";

const publishDefaults: TrackPublishDefaults = {
  simulcast: true,
  videoCodec: "vp8",
  backupCodec: false,
  videoEncoding: { maxBitrate: 800_000, maxFramerate: 24 },
  videoSimulcastLayers: [
    new VideoPreset(320, 180, 140_000, 15),
    new VideoPreset(640, 360, 400_000, 20),
  ],
  // A shared screen keeps its pixels, since text must be read, and gives up frames instead.
  screenShareEncoding: { maxBitrate: 1_500_000, maxFramerate: 12 },
  screenShareSimulcastLayers: [new VideoPreset(1280, 720, 250_000, 4)],
  audioPreset: { maxBitrate: 32_000 },
  dtx: true,
  red: true,
  stopMicTrackOnMute: false,
};

/** How Darasa uses LiveKit. The devices are our own; how large a picture is shown is told by what shows it. */
export const roomOptions: RoomOptions = {
  adaptiveStream: false,
  dynacast: true,
  publishDefaults,
  stopLocalTrackOnUnpublish: false,
  disconnectOnPageLeave: true,
};
