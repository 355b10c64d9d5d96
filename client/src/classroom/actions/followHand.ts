import { ownParticipant, type RoomState } from "../../room/reduceRoom.ts";

/** One's own hand: up or down as the person wants it, and what the server has to be told for that. */
export interface HandStep {
  readonly isUp: boolean;
  readonly command: "raise" | "lower" | null;
}

/**
 * The hand after the room went from `before` to `next`. While one is in the room the server's word counts: a
 * teacher may have lowered it. After a lost connection the person's wish counts, since the server forgets hands
 * of those who stay away. Pure.
 */
export function followHand(isUp: boolean, before: RoomState, next: RoomState): HandStep {
  if (next.status.name !== "joined") return { isUp, command: null };
  const isUpThere = isRaised(next);
  if (before.status.name === "joined") {
    return { isUp: isRaised(before) === isUpThere ? isUp : isUpThere, command: null };
  }
  // After a reload the server may still know; what was asked for meanwhile comes on top.
  const isFirst = before.status.name === "joining";
  const isWanted = isUp || (isFirst && isUpThere);
  return { isUp: isWanted, command: isWanted === isUpThere ? null : isWanted ? "raise" : "lower" };
}

function isRaised(state: RoomState): boolean {
  return (ownParticipant(state)?.handRaisedAtMs ?? null) !== null;
}
