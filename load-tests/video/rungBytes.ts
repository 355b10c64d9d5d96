import { setTimeout as delay } from "node:timers/promises";
import { connectionModes, type ConnectionMode } from "@darasa/protocol";
import type { BrowserContext } from "playwright-core";

/** From everything to nothing. */
export const rungs: readonly ConnectionMode[] = connectionModes;

/** Bytes a minute. */
export interface RungBytes {
  readonly received: number;
  readonly sent: number;
}

/** The student whose bytes are counted, in whichever engine. */
export interface CountedStudent {
  readonly setMode: (mode: ConnectionMode) => Promise<void>;
  /** Switches the camera on: what a rung switched off stays off. */
  readonly showCamera: () => Promise<void>;
  /** Since they came. */
  readonly statistics: () => Promise<{
    readonly bytesSent: number;
    readonly bytesReceived: number;
  }>;
}

/** Engines find what a line carries step by step. */
const settleMs = 12_000;

/** Rung by rung from the top, each after it has settled. */
export async function measureRungs(
  student: CountedStudent,
  seconds: number,
): Promise<Readonly<Record<ConnectionMode, RungBytes>>> {
  const found: Partial<Record<ConnectionMode, RungBytes>> = {};
  for (const rung of rungs) {
    await student.setMode(rung);
    if (rung === "full" || rung === "lite") await student.showCamera();
    await delay(settleMs);
    const before = await student.statistics();
    const beganAtMs = performance.now();
    await delay(seconds * 1_000);
    const after = await student.statistics();
    const minutes = (performance.now() - beganAtMs) / 60_000;
    found[rung] = {
      received: (after.bytesReceived - before.bytesReceived) / minutes,
      sent: (after.bytesSent - before.bytesSent) / minutes,
    };
  }
  return found as Record<ConnectionMode, RungBytes>;
}

/** The microphone of all pages of that context is somebody who speaks without a pause: noise is the dearest sound. */
export async function speakWithoutPause(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const makeNoise = (): MediaStream => {
      const audio = new AudioContext();
      const buffer = audio.createBuffer(1, audio.sampleRate, audio.sampleRate);
      const samples = buffer.getChannelData(0);
      for (let index = 0; index < samples.length; index += 1)
        samples[index] = (Math.random() - 0.5) / 2;
      const source = new AudioBufferSourceNode(audio, { buffer, loop: true });
      const destination = audio.createMediaStreamDestination();
      source.connect(destination);
      source.start();
      void audio.resume();
      return destination.stream;
    };
    mediaDevices.getUserMedia = (constraints) =>
      constraints?.video === undefined ? Promise.resolve(makeNoise()) : open(constraints);
  });
}
