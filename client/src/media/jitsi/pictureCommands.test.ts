import { connectionModes } from "@darasa/protocol";
import { expect, test } from "vitest";
import { pictureCommands } from "./pictureCommands.ts";

test("sound alone is without pictures under both names that Jitsi has for it", () => {
  expect(pictureCommands("audio")).toEqual([
    ["setVideoQuality", 180],
    ["setAudioOnly", true],
    ["setLowBandwidthMode", true],
  ]);
  expect(pictureCommands("lite")).toEqual([
    ["setVideoQuality", 180],
    ["setAudioOnly", false],
    ["setLowBandwidthMode", false],
  ]);
});

test.each(connectionModes)("%s asks for no fewer lines than Jitsi takes", (mode) => {
  expect(new Map(pictureCommands(mode)).get("setVideoQuality")).toBeGreaterThanOrEqual(180);
});
