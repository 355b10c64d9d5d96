import {
  cameraQuality,
  maxMicrophoneBitsPerSecond,
  scaleDownBy,
  screenQuality,
  type VideoQuality,
} from "./quality.ts";
import type { Sections } from "./sections.ts";

/** Holds what is sent to one person to what fits that many people; resolves when the encoders know. */
export async function limitSenders(sections: Sections, peopleCount: number): Promise<void> {
  await limit(sections.microphone.sender, (encoding) => {
    encoding.maxBitrate = maxMicrophoneBitsPerSecond;
  });
  await limitVideo(sections.camera.sender, cameraQuality(peopleCount));
  await limitVideo(sections.screen.sender, screenQuality(peopleCount));
}

async function limitVideo(sender: RTCRtpSender, quality: VideoQuality): Promise<void> {
  const sourceHeight = sender.track?.getSettings().height;
  await limit(sender, (encoding) => {
    encoding.maxBitrate = quality.maxBitsPerSecond;
    encoding.maxFramerate = quality.framesPerSecond;
    encoding.scaleResolutionDownBy = scaleDownBy(sourceHeight, quality.heightPixels);
  });
}

async function limit(
  sender: RTCRtpSender,
  change: (encoding: RTCRtpEncodingParameters) => void,
): Promise<void> {
  const parameters = sender.getParameters();
  for (const encoding of parameters.encodings) change(encoding);
  try {
    await sender.setParameters(parameters);
  } catch {
    // Before the first negotiation some engines refuse; it is said again when the pair is connected.
  }
}
