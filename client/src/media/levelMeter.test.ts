import { expect, it } from "vitest";
import { rootMeanSquare } from "./levelMeter.ts";
import { testSoundWav } from "./playTestSound.ts";

it("measures silence as 0 and a full square wave as 1", () => {
  expect(rootMeanSquare(new Float32Array(64))).toBe(0);
  expect(rootMeanSquare(Float32Array.from({ length: 64 }, (_, index) => (index % 2) * 2 - 1))).toBe(
    1,
  );
  expect(rootMeanSquare(new Float32Array(0))).toBe(0);
});

it("makes a test sound that says how long it is, and is neither silent nor clipped", () => {
  const wav = new DataView(testSoundWav());
  expect(wav.getUint32(4, true)).toBe(wav.byteLength - 8);
  expect(wav.getUint32(40, true)).toBe(wav.byteLength - 44);
  const samples = new Int16Array(wav.buffer, 44);
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(loudest).toBeGreaterThan(5_000);
  expect(loudest).toBeLessThan(0x7fff);
});
