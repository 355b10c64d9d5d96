import { createEffect, onCleanup } from "solid-js";
import type { FocusPlaces } from "../classroom/keyboard/createFocusPlaces.ts";
import type { Media } from "../media/createMedia.ts";
import type { Room } from "../room/createRoom.ts";
import { ownParticipant, ownRights } from "../room/reduceRoom.ts";

/** Whether this person takes part: speaks, writes, draws, reacts or raises a hand. */
export interface Activity {
  /** True when they did since the last time that it was asked. */
  readonly take: () => boolean;
}

/** Of somebody who has done nothing yet. Lives as long as its owner. */
export function createActivity({
  room,
  media,
  focusPlaces,
}: {
  readonly room: Room;
  readonly media: Media;
  readonly focusPlaces: FocusPlaces;
}): Activity {
  let isActive = false;
  const me = room.state().me;

  createEffect(() => {
    const hasHandUp = (ownParticipant(room.state())?.handRaisedAtMs ?? null) !== null;
    if (media.state.speaking[me] === true || hasHandUp) isActive = true;
  });
  onCleanup(
    room.onEvent((event) => {
      const isOwn =
        (event.type === "chatMessage" && event.senderId === me) ||
        (event.type === "reaction" && event.participantId === me);
      if (isOwn) isActive = true;
    }),
  );
  const drawn = (event: Event): void => {
    if (!(event.target instanceof Element) || !ownRights(room.state()).draw) return;
    if (focusPlaces.regionOf(event.target) === "board") isActive = true;
  };
  addEventListener("pointerdown", drawn, { capture: true, passive: true });
  onCleanup(() => removeEventListener("pointerdown", drawn, { capture: true }));

  return {
    take: () => {
      const was = isActive;
      isActive = false;
      return was;
    },
  };
}
