/** Who an awareness state belongs to: put there by the server, whatever the client claimed (SPEC B2). */
export interface AwarenessUser {
  readonly id: string;
  readonly name: string;
  /** `#rrggbb`, always the same for one person. */
  readonly color: string;
}

/** Where somebody's pointer is; null when it has left the board. */
export interface AwarenessCursor {
  readonly x: number;
  readonly y: number;
  /** tldraw's name of the pointer's form. */
  readonly type: string;
}

/** What one client of a board tells the others of itself; never stored. */
export interface AwarenessState {
  readonly user: AwarenessUser;
  readonly cursor: AwarenessCursor | null;
  /** Ids of the shapes that are selected, at most `maxSelected`. */
  readonly selected: readonly string[];
}

export const awarenessLimits = {
  /** Bytes of one client's state as JSON. */
  maxStateBytes: 2 * 1024,
  maxSelected: 20,
  /** One client's changes go out at most this often; of what came between, the last. */
  minIntervalMs: 100,
  /** Something is said on every board connection at least this often: y-websocket gives up after 30 s. */
  keepAliveMs: 15_000,
} as const;

/** The colours of people, all readable under white text. */
const personColors = [
  "#0f5c50",
  "#8a4b12",
  "#7b2f52",
  "#34508f",
  "#5d5a16",
  "#a03a28",
  "#5a4391",
  "#1f6585",
] as const;

/** The place of a person's colour in the palette, from their id alone: the same on every screen. */
export function personColorIndex(participantId: string): number {
  let hash = 0;
  for (const character of participantId) {
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return hash % personColors.length;
}

/** A person's colour as `#rrggbb`. */
export function personColor(participantId: string): string {
  return personColors[personColorIndex(participantId)] ?? personColors[0];
}
