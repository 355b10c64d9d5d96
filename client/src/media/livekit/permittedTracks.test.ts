import { Track } from "livekit-client";
import { describe, expect, it } from "vitest";
import { permittedTracks } from "./permittedTracks.ts";

const { Camera, Microphone, ScreenShare } = Track.Source;
const permission = (...sources: Track.Source[]) => ({
  canPublish: true,
  canPublishSources: sources.map((source) => Track.sourceToProto(source)),
});

describe("permittedTracks", () => {
  it("are those that the server names, by its own numbers", () => {
    expect(permittedTracks(permission(Camera, Microphone))).toEqual({
      microphone: true,
      camera: true,
      screen: false,
    });
    expect(permittedTracks(permission(ScreenShare))).toEqual({
      microphone: false,
      camera: false,
      screen: true,
    });
  });

  it("are all where it names none, and none where it lets nothing be sent", () => {
    expect(permittedTracks(permission())).toMatchObject({ microphone: true, screen: true });
    const nothing = { microphone: false, camera: false, screen: false };
    expect(permittedTracks({ ...permission(Camera), canPublish: false })).toEqual(nothing);
    expect(permittedTracks(undefined)).toEqual(nothing);
  });
});
