import type { ConnectionMode } from "@darasa/protocol";

/** In lines; fewer Jitsi refuses. */
const linesOf = { full: 720, lite: 180, audio: 180, text: 180 } as const;

/**
 * What has Jitsi's page take as much of the others' pictures as a mode allows: few lines of them, or none at all. The
 * latter has two names, of which a release passes over the one that it does not have.
 */
export function pictureCommands(
  mode: ConnectionMode,
): readonly (readonly [command: string, value: number | boolean])[] {
  const isWithoutPictures = mode === "audio" || mode === "text";
  return [
    ["setVideoQuality", linesOf[mode]],
    ["setAudioOnly", isWithoutPictures],
    ["setLowBandwidthMode", isWithoutPictures],
  ];
}
