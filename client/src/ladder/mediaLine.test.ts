import { describe, expect, test } from "vitest";
import type { ParticipantId } from "@darasa/protocol";
import { noMedia, type PersonConnection, type RemoteMedia } from "../media/provider.ts";
import { hasMedia, hasPictures, isMediaLost } from "./mediaLine.ts";

function remote(connection: PersonConnection, camera: MediaStream | null = null): RemoteMedia {
  const participantId = connection as unknown as ParticipantId;
  const silent = { microphone: null, screen: null } as const;
  return { participantId, connection, quality: "good", camera, ...silent };
}

const picture = {} as MediaStream;
const mesh = { ...noMedia, provider: "mesh", status: "connected" } as const;

describe("the line of the media", () => {
  test("has pictures when anybody sends or receives one", () => {
    expect(hasPictures({ ...mesh, remotes: [remote("connected")] })).toBe(false);
    expect(hasPictures({ ...mesh, remotes: [remote("connected", picture)] })).toBe(true);
    const camera = { state: "on", stream: picture, problem: null } as const;
    expect(hasPictures({ ...mesh, local: { ...noMedia.local, camera } })).toBe(true);
  });

  test("is lost when the way to the server is, or to all of several people", () => {
    expect(isMediaLost({ ...mesh, provider: "livekit", status: "reconnecting" })).toBe(true);
    expect(isMediaLost({ ...mesh, status: "reconnecting" })).toBe(false);
    expect(isMediaLost({ ...mesh, remotes: [remote("lost")] })).toBe(false);
    expect(isMediaLost({ ...mesh, remotes: [remote("lost"), remote("failed")] })).toBe(true);
    expect(isMediaLost({ ...mesh, remotes: [remote("lost"), remote("connected")] })).toBe(false);
  });

  test("is none where the class has no media, or no place in them", () => {
    expect(hasMedia({ provider: "none", status: "connected" })).toBe(false);
    expect(hasMedia({ provider: "mesh", status: "refused" })).toBe(false);
    expect(hasMedia(mesh)).toBe(true);
  });
});
