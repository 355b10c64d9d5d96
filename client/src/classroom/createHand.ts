import type { Accessor } from "solid-js";
import type { Room } from "../room/createRoom.ts";
import { ownParticipant } from "../room/reduceRoom.ts";

/** One's own raised hand. */
export interface Hand {
  readonly isUp: Accessor<boolean>;
  /** Raises or lowers it. @throws CommandFailure as rejection */
  readonly toggle: () => Promise<unknown>;
  /** Was it this person who lowered it last? Else a teacher did. */
  readonly isLoweredByMe: () => boolean;
}

/** The hand of the person whose room it is. */
export function createHand(room: Room): Hand {
  let isLoweredByMe = false;
  const isUp = () => ownParticipant(room.state())?.handRaisedAtMs != null;
  return {
    isUp,
    toggle: () => {
      isLoweredByMe = isUp();
      return isUp() ? room.commands.lowerHand(room.state().me) : room.commands.raiseHand();
    },
    isLoweredByMe: () => isLoweredByMe,
  };
}
