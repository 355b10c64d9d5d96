import { describe, expect, it } from "vitest";
import { limits } from "@darasa/protocol";
import { cameraQuality, scaleDownBy, screenQuality } from "./quality.ts";

const counts = Array.from({ length: limits.maxMeshMembers }, (_, index) => index + 1);

describe("cameraQuality", () => {
  it("never gets better when somebody joins", () => {
    for (const count of counts.slice(1)) {
      const before = cameraQuality(count - 1);
      const after = cameraQuality(count);
      expect(after.heightPixels).toBeLessThanOrEqual(before.heightPixels);
      expect(after.framesPerSecond).toBeLessThanOrEqual(before.framesPerSecond);
      expect(after.maxBitsPerSecond).toBeLessThanOrEqual(before.maxBitsPerSecond);
    }
  });

  it("keeps what one person uploads to all others at about 1 Mbit/s", () => {
    for (const count of counts) {
      expect(cameraQuality(count).maxBitsPerSecond * (count - 1)).toBeLessThanOrEqual(1_000_000);
    }
  });

  it("still knows an answer beyond the limit of a mesh", () => {
    expect(cameraQuality(40)).toEqual(cameraQuality(limits.maxMeshMembers));
  });
});

describe("screenQuality", () => {
  it("shows more pixels and fewer frames than a camera", () => {
    for (const count of counts) {
      expect(screenQuality(count).heightPixels).toBeGreaterThan(cameraQuality(count).heightPixels);
      expect(screenQuality(count).framesPerSecond).toBeLessThan(
        cameraQuality(count).framesPerSecond,
      );
    }
  });
});

describe("scaleDownBy", () => {
  it("halves a source of twice the height", () => {
    expect(scaleDownBy(720, 360)).toBe(2);
  });

  it("never enlarges a small source", () => {
    expect(scaleDownBy(240, 360)).toBe(1);
  });

  it("leaves a source of unknown size alone", () => {
    expect(scaleDownBy(undefined, 360)).toBe(1);
  });
});
