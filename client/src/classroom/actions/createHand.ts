import { createComputed, createSignal, on, type Accessor } from "solid-js";
import { failureCode } from "../../connection/commandFailure.ts";
import type { Room } from "../../room/createRoom.ts";
import { followHand } from "./followHand.ts";

/** One's own raised hand. It outlasts a lost connection. */
export interface Hand {
  readonly isUp: Accessor<boolean>;
  /** Raises or lowers it, at once or with the next join. @throws CommandFailure as rejection */
  readonly toggle: () => Promise<void>;
  /** Was it this person who lowered it last? Else a teacher did. */
  readonly isLoweredByMe: () => boolean;
}

/** The hand of the person whose room it is, down. Lives as long as its owner. */
export function createHand(room: Room): Hand {
  const [isUp, setIsUp] = createSignal(false);
  let isLoweredByMe = false;

  function tell(command: "raise" | "lower"): Promise<unknown> {
    return command === "raise"
      ? room.commands.raiseHand()
      : room.commands.lowerHand(room.state().me);
  }

  createComputed(
    on(room.state, (next, before) => {
      if (before === undefined) return;
      const step = followHand(isUp(), before, next);
      setIsUp(step.isUp);
      // What is lost now is said with the next join.
      if (step.command !== null) tell(step.command).catch(() => undefined);
    }),
  );

  return {
    isUp,
    isLoweredByMe: () => isLoweredByMe,
    toggle: async () => {
      const before = isUp();
      isLoweredByMe = before;
      setIsUp(!before);
      if (room.state().status.name !== "joined") return;
      try {
        await tell(before ? "lower" : "raise");
      } catch (error) {
        if (failureCode(error) === "disconnected") return;
        setIsUp(before);
        throw error;
      }
    },
  };
}
