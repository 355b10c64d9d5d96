import type { ParticipantId, RoomId } from "./ids.ts";

export const reactions = [
  "thumbs_up",
  "clap",
  "heart",
  "laugh",
  "surprise",
  "yes",
  "no",
  "slower",
  "faster",
] as const;
/** What one can say without a word. */
export type Reaction = (typeof reactions)[number];

/** What passes and is nowhere kept; without `id` it is not acked (SPEC D5). */
interface Ephemeral {
  readonly id?: string | undefined;
  readonly room: RoomId;
}

/** Begins or ends to write. It ends by itself after `typingLifeMs` (SPEC P11). */
export interface SetTyping extends Ephemeral {
  readonly type: "setTyping";
  readonly typing: boolean;
}

export interface React extends Ephemeral {
  readonly type: "react";
  readonly reaction: Reaction;
}

/** Points at something that all have before them. It ends by `null`, or by itself after `pointerLifeMs` (SPEC P13). */
export interface Point extends Ephemeral {
  readonly type: "point";
  readonly at: PointedAt | null;
}

/** A place as a fraction of the width and height of what is shown. */
export interface PointedAt {
  readonly target: "board" | "screen";
  readonly x: number;
  readonly y: number;
  /** Of a screen, who shares it. */
  readonly sharedBy?: ParticipantId | undefined;
}

export type EphemeralCommand = SetTyping | React | Point;

export interface TypingEvent {
  readonly type: "typing";
  readonly room: RoomId;
  readonly participantId: ParticipantId;
  readonly typing: boolean;
}

/** One reaction of one person; in a hall how many there were of it, and of nobody by name (SPEC P12). */
export interface ReactionEvent {
  readonly type: "reaction";
  readonly room: RoomId;
  readonly reaction: Reaction;
  readonly participantId: ParticipantId | null;
  readonly count: number;
}

export interface PointerEvent {
  readonly type: "pointer";
  readonly room: RoomId;
  readonly participantId: ParticipantId;
  readonly at: PointedAt | null;
}
