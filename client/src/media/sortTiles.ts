import type { Participant, ParticipantId } from "@darasa/protocol";
import type { MediaSnapshot, RemoteMedia } from "./provider.ts";

/** One picture in the classroom: a person, or what a person shares. */
export interface Tile {
  /** The person's id, or `screen:` and it: stable, to be pinned by. */
  readonly id: string;
  readonly kind: "person" | "screen";
  readonly person: Participant;
  readonly isSelf: boolean;
  /** What arrives from them; null for oneself. */
  readonly remote: RemoteMedia | null;
}

interface TileSources {
  /** Who is present; those without sound and picture get no tile. */
  readonly people: readonly Participant[];
  readonly selfId: ParticipantId;
  readonly media: Pick<MediaSnapshot, "status" | "local" | "remotes">;
}

/**
 * Those of `people`, and those of `before` who still send something: after a restart of the gateway people
 * come back into presence one by one, while their pictures never stopped.
 */
export function keepSenders(
  people: readonly Participant[],
  before: readonly Participant[],
  remotes: readonly RemoteMedia[],
): readonly Participant[] {
  const present = new Set(people.map((person) => person.participantId));
  const senders = new Set(remotes.map((remote) => remote.participantId));
  const kept = before.filter(
    ({ participantId }) => senders.has(participantId) && !present.has(participantId),
  );
  return [...people, ...kept];
}

/**
 * The tiles in their order: what is shared, teachers, the others as they came, oneself last. Speaking moves
 * nobody: people are found again where they were.
 */
export function sortTiles(sources: TileSources): readonly Tile[] {
  const tiles = sources.people.flatMap((person) => tilesOf(person, sources));
  return tiles.sort((left, right) => rank(left) - rank(right) || byArrival(left, right));
}

/** Who may be shown large, each null for nobody. */
export interface Candidates {
  /** Id of the tile that the person wants to see. */
  readonly pinnedId: string | null;
  /** Whom the teacher wants all to see. */
  readonly spotlight: ParticipantId | null;
  /** Who speaks, where one wants to see that. */
  readonly speaker: ParticipantId | null;
}

/**
 * The tile that is shown large: the pinned one, else the first shared screen of somebody else, else whom the teacher
 * wants all to see, else who speaks, else none.
 */
export function featuredTile(
  tiles: readonly Tile[],
  { pinnedId, spotlight, speaker }: Candidates,
): Tile | null {
  const pinned = tiles.find((tile) => tile.id === pinnedId);
  const screen = tiles.find((tile) => tile.kind === "screen" && !tile.isSelf);
  const find = (id: ParticipantId | null) => tiles.find((tile) => tile.id === id);
  return pinned ?? screen ?? find(spotlight) ?? find(speaker) ?? null;
}

/** Who is large before anybody has spoken: the first of the others, a teacher if there is one. */
export function firstSpeaker(tiles: readonly Tile[]): ParticipantId | null {
  const tile = tiles.find(({ kind, isSelf }) => kind === "person" && !isSelf);
  return tile?.person.participantId ?? null;
}

function tilesOf(person: Participant, { selfId, media }: TileSources): Tile[] {
  const isSelf = person.participantId === selfId;
  const found = media.remotes.find((remote) => remote.participantId === person.participantId);
  const remote = isSelf ? null : (found ?? null);
  const isOnVideo = isSelf ? isInside(media.status) : remote !== null;
  if (!isOnVideo) return [];
  const tile: Tile = { id: person.participantId, kind: "person", person, isSelf, remote };
  const sharesScreen = isSelf ? media.local.screen.state === "on" : remote?.screen != null;
  const screen: Tile = { ...tile, id: `screen:${person.participantId}`, kind: "screen" };
  return sharesScreen ? [screen, tile] : [tile];
}

function isInside(status: MediaSnapshot["status"]): boolean {
  return status !== "refused" && status !== "idle";
}

function rank(tile: Tile): number {
  if (tile.kind === "screen") return tile.isSelf ? 3 : 0;
  if (tile.isSelf) return 4;
  return tile.person.role === "teacher" ? 1 : 2;
}

function byArrival(left: Tile, right: Tile): number {
  const apart = left.person.joinedAtMs - right.person.joinedAtMs;
  return apart !== 0 ? apart : left.id < right.id ? -1 : 1;
}
