import { describe, expect, it } from "vitest";
import type { Participant, ParticipantId, ParticipantRole } from "@darasa/protocol";
import { noMedia, type LocalTrack, type RemoteMedia } from "./provider.ts";
import { featuredTile, firstSpeaker, keepSenders, sortTiles } from "./sortTiles.ts";

const stream = {} as MediaStream;
const on: LocalTrack = { state: "on", stream, problem: null };

function person(name: string, joinedAtMs: number, role: ParticipantRole = "student"): Participant {
  return {
    participantId: name as ParticipantId,
    name,
    role,
    joinedAtMs,
    inClass: true,
    drawAllowed: false,
    handRaisedAtMs: null,
    context: "class",
    idle: false,
    media: { microphone: true, camera: true, screen: false },
  };
}

function remote(name: string, screen: MediaStream | null = null): RemoteMedia {
  return {
    participantId: name as ParticipantId,
    connection: "connected",
    quality: "good",
    microphone: stream,
    camera: stream,
    screen,
  };
}

const people = [
  person("zawadi", 1),
  person("neema", 3),
  person("amina", 5, "teacher"),
  person("baraka", 2),
];
const selfId = "zawadi" as ParticipantId;
const inside = { ...noMedia, status: "connected" as const };

describe("sortTiles", () => {
  it("puts the teacher first, the others as they came, and oneself last", () => {
    const media = { ...inside, remotes: [remote("neema"), remote("baraka"), remote("amina")] };
    expect(sortTiles({ people, selfId, media }).map((tile) => tile.id)).toEqual([
      "amina",
      "baraka",
      "neema",
      "zawadi",
    ]);
  });

  it("puts a shared screen before all, and one's own near the end", () => {
    const media = {
      ...inside,
      local: { ...noMedia.local, screen: on },
      remotes: [remote("amina"), remote("neema", stream)],
    };
    expect(sortTiles({ people, selfId, media }).map((tile) => tile.id)).toEqual([
      "screen:neema",
      "amina",
      "neema",
      "screen:zawadi",
      "zawadi",
    ]);
  });

  it("shows nobody who is not on video, not even oneself when video is full", () => {
    const media = { ...inside, status: "refused" as const, remotes: [] };
    expect(sortTiles({ people, selfId, media })).toEqual([]);
  });

  it("does not show a picture of somebody whose name is not known yet", () => {
    const media = { ...inside, remotes: [remote("stranger")] };
    expect(sortTiles({ people, selfId, media }).map((tile) => tile.id)).toEqual(["zawadi"]);
  });
});

describe("keepSenders", () => {
  it("keeps somebody whose picture goes on while presence is being rebuilt", () => {
    const kept = keepSenders(people.slice(0, 1), people, [remote("neema")]);
    expect(kept.map((one) => one.name)).toEqual(["zawadi", "neema"]);
  });

  it("takes what presence says now over what it said before, and forgets who sends nothing", () => {
    const now = { ...person("neema", 3), handRaisedAtMs: 9 };
    expect(keepSenders([now], people, [remote("neema")])).toEqual([now]);
  });
});

describe("featuredTile", () => {
  const media = { ...inside, remotes: [remote("amina"), remote("neema", stream)] };
  const tiles = sortTiles({ people, selfId, media });

  const nobody = { pinnedId: null, spotlight: null, speaker: null };
  const [amina, neema] = ["amina", "neema"] as ParticipantId[] as [ParticipantId, ParticipantId];

  it("is the shared screen, unless something else is pinned", () => {
    const others = { ...nobody, spotlight: amina, speaker: amina };
    expect(featuredTile(tiles, others)?.id).toBe("screen:neema");
    expect(featuredTile(tiles, { ...others, pinnedId: "amina" })?.id).toBe("amina");
  });

  it("is whom the teacher wants all to see, and else who speaks", () => {
    const faces = tiles.filter((tile) => tile.kind === "person");
    expect(featuredTile(faces, { ...nobody, spotlight: neema, speaker: amina })?.id).toBe("neema");
    expect(featuredTile(faces, { ...nobody, speaker: amina })?.id).toBe("amina");
    expect(featuredTile(faces, nobody)).toBeNull();
    expect(firstSpeaker(faces)).toBe("amina");
  });

  it("is none when nothing is shared and the pinned person is gone", () => {
    const without = sortTiles({ people, selfId, media: { ...inside, remotes: [remote("amina")] } });
    expect(featuredTile(without, { ...nobody, pinnedId: "neema", speaker: neema })).toBeNull();
  });
});
