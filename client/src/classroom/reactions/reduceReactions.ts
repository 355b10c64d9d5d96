import type { ParticipantId, Reaction, ReactionEvent } from "@darasa/protocol";

/** A reaction stays in sight for so long after the last of its kind. */
export const reactionLifeMs = 4_000;

/** All reactions of one kind that came close together. */
export interface ShownReaction {
  readonly reaction: Reaction;
  readonly count: number;
  /** Whose it is, while it is one person's; null for several, and in a hall. */
  readonly participantId: ParticipantId | null;
  readonly untilMs: number;
}

type Arrived = Pick<ReactionEvent, "reaction" | "participantId" | "count">;

/** With one more: kinds keep the order in which they came, so that nothing jumps. Pure. */
export function addReaction(
  shown: readonly ShownReaction[],
  { reaction, participantId, count }: Arrived,
  nowMs: number,
): readonly ShownReaction[] {
  const untilMs = nowMs + reactionLifeMs;
  const before = shown.find((other) => other.reaction === reaction);
  if (before === undefined) return [...shown, { reaction, participantId, count, untilMs }];
  const isSame = before.participantId !== null && before.participantId === participantId;
  const more: ShownReaction = {
    reaction,
    // Who presses three times is one person who means it.
    count: isSame ? before.count : before.count + count,
    participantId: isSame ? participantId : null,
    untilMs,
  };
  return shown.map((other) => (other === before ? more : other));
}

/** Without those whose time is over; the same list when there are none. Pure. */
export function dropOldReactions(
  shown: readonly ShownReaction[],
  nowMs: number,
): readonly ShownReaction[] {
  const left = shown.filter(({ untilMs }) => untilMs > nowMs);
  return left.length === shown.length ? shown : left;
}
