import { limits, type ParticipantId, type PointerEvent } from "@darasa/protocol";
import { createSignal, onCleanup, type Accessor } from "solid-js";
import type { Environment } from "../../connection/environment.ts";
import type { Room } from "../../room/createRoom.ts";
import { createPointerTeller } from "./createPointerTeller.ts";
import type { Place } from "./pointedPlace.ts";
import {
  ownMayPoint,
  shownPointers,
  takePointer,
  type HeldPointers,
  type ShownPointer,
} from "./reducePointers.ts";

/** One's own pointer while it is switched on. */
export interface OwnPointer {
  /** Who shares the screen that it is on. */
  readonly sharer: ParticipantId;
  /** Null while it is beside the picture. */
  readonly place: Place | null;
}

/** Who points at the shared screens, oneself included. */
export interface Pointers {
  /** The others who point at the screen that this person shares. */
  readonly shownOn: (sharer: ParticipantId) => readonly ShownPointer[];
  readonly own: Accessor<OwnPointer | null>;
  readonly mayPoint: Accessor<boolean>;
  /** Switches one's own on; beside the picture at first unless `place` is given. */
  readonly begin: (sharer: ParticipantId, place: Place | null) => void;
  /** Moves one's own, if it is on; null: off the picture, as long as nothing else is said. */
  readonly point: (place: Place | null) => void;
  /** Switches one's own off. */
  readonly end: () => void;
}

/** The pointers of `room`. One's own ends with the right to it (SPEC P13). Lives as long as its owner. */
export function createPointers(
  room: Pick<Room, "state" | "onEvent" | "onJoined" | "commands">,
  environment: Pick<Environment, "steadyMs" | "after">,
): Pointers {
  const held = createHeldPointers(room, environment);
  const [own, setOwn] = createSignal<OwnPointer | null>(null);
  const mayPoint = (): boolean => ownMayPoint(room.state());
  const teller = createPointerTeller((at) => room.commands.point(at), environment);

  function change(next: OwnPointer | null): void {
    setOwn(next);
    if (next?.place == null) teller.point(null);
    else teller.point({ target: "screen", ...next.place, sharedBy: next.sharer });
  }

  function keepToRights(): void {
    if (own() !== null && !mayPoint()) change(null);
  }

  const stops = [room.onEvent(keepToRights), room.onJoined(keepToRights)];
  onCleanup(() => {
    stops.forEach((stop) => stop());
    teller.close();
  });

  return {
    own,
    mayPoint,
    shownOn: (sharer) => shownPointers(held(), room.state(), sharer),
    begin: (sharer, place) => {
      if (mayPoint()) change({ sharer, place });
    },
    point: (place) => {
      const now = own();
      if (now !== null) change({ ...now, place });
    },
    end: () => change(null),
  };
}

/** What was told of everybody, each until it was not told again for `pointerLifeMs` (SPEC P13). */
function createHeldPointers(
  room: Pick<Room, "onEvent">,
  { after }: Pick<Environment, "after">,
): Accessor<HeldPointers> {
  const [held, setHeld] = createSignal<HeldPointers>(new Map());
  const cancels = new Map<ParticipantId, () => void>();

  function hear({ participantId, at }: Pick<PointerEvent, "participantId" | "at">): void {
    cancels.get(participantId)?.();
    cancels.delete(participantId);
    setHeld(takePointer(held(), { participantId, at }));
    if (at === null) return;
    const end = () => hear({ participantId, at: null });
    cancels.set(participantId, after(limits.pointerLifeMs, end));
  }

  const stop = room.onEvent((event) => {
    if (event.type === "pointer") hear(event);
  });
  onCleanup(() => {
    stop();
    cancels.forEach((cancel) => cancel());
  });
  return held;
}
