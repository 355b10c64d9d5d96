import { limits, type ParticipantId } from "@darasa/protocol";
import { createEffect, createSignal, onCleanup, type Accessor } from "solid-js";
import type { Environment } from "../connection/environment.ts";
import type { Room } from "../room/createRoom.ts";
import { isHall } from "../room/reduceRoom.ts";

/** Who goes on writing says so again after this long: half of what it is believed for (SPEC P11). */
const tellAgainMs = limits.typingLifeMs / 2;

/** Tells the others that one writes, and no oftener than they need to know. */
export interface TypingTeller {
  /** The text has changed to this. */
  readonly wrote: (text: string) => void;
  /** Sent, left or given up. */
  readonly stopped: () => void;
}

/** A teller of somebody who does not write yet. */
export function createTypingTeller(
  tell: (typing: boolean) => void,
  { steadyMs, after }: Pick<Environment, "steadyMs" | "after">,
): TypingTeller {
  let mayTellAtMs = -Infinity;
  let isTold = false;
  let cancel: (() => void) | undefined;

  function tellNow(): void {
    cancel = undefined;
    mayTellAtMs = steadyMs() + tellAgainMs;
    isTold = true;
    tell(true);
  }

  function stopped(): void {
    cancel?.();
    cancel = undefined;
    if (isTold) tell(false);
    isTold = false;
  }

  return {
    stopped,
    wrote: (text) => {
      if (text.trim() === "") stopped();
      else cancel ??= after(Math.max(0, mayTellAtMs - steadyMs()), tellNow);
    },
  };
}

/**
 * The others who write just now, in the order in which they began: until they say otherwise, send, leave, or have
 * said nothing for `typingLifeMs` (SPEC P11). Lives as long as its owner.
 */
export function createTypists(
  room: Pick<Room, "state" | "onEvent">,
  { after }: Pick<Environment, "after">,
): Accessor<readonly ParticipantId[]> {
  const [typists, setTypists] = createSignal<readonly ParticipantId[]>([]);
  const cancels = new Map<ParticipantId, () => void>();

  function end(id: ParticipantId): void {
    cancels.get(id)?.();
    if (cancels.delete(id)) setTypists(typists().filter((other) => other !== id));
  }

  function begin(id: ParticipantId): void {
    if (id === room.state().me) return;
    cancels.get(id)?.();
    cancels.set(
      id,
      after(limits.typingLifeMs, () => end(id)),
    );
    if (!typists().includes(id)) setTypists([...typists(), id]);
  }

  const stop = room.onEvent((event) => {
    if (event.type === "chatMessage") end(event.senderId);
    if (event.type === "presence") event.gone.forEach(end);
    if (event.type === "typing") (event.typing ? begin : end)(event.participantId);
  });
  createEffect(() => {
    if (room.state().status.name !== "joined" || isHall(room.state()))
      [...cancels.keys()].forEach(end);
  });
  onCleanup(() => {
    stop();
    cancels.forEach((cancel) => cancel());
  });
  return typists;
}
