import type { PresenceContext } from "@darasa/protocol";
import { onCleanup } from "solid-js";
import type { Environment } from "../../connection/environment.ts";
import type { Classroom } from "../ClassroomContext.tsx";
import type { FocusRegion } from "../keyboard/createFocusPlaces.ts";
import type { SideTab } from "../view/visibleRegions.ts";
import { createOwnPresence } from "./createOwnPresence.ts";

const inputs = ["pointerdown", "pointermove", "keydown", "wheel", "focusin"] as const;

/** What the others are told of somebody who is busy there. */
function contextOf(region: FocusRegion, side: SideTab | null): PresenceContext {
  if (region === "board") return "board";
  return region === "side" && side === "chat" ? "room" : "class";
}

/** Tells the others where this person is busy, and when they are away. Lives as long as its owner. */
export function followInput(
  { room, media, view, focusPlaces }: Pick<Classroom, "room" | "media" | "view" | "focusPlaces">,
  { steadyMs, after }: Pick<Environment, "steadyMs" | "after">,
): void {
  const presence = createOwnPresence({
    steadyMs,
    after,
    tell: room.commands.setPresence,
    isHeard: () => media.state.local.microphone.state === "on",
  });
  const onInput = (event: Event): void => {
    // A pointer that only passes over something is somebody, but not somewhere.
    const isThere = event.type !== "pointermove" && event.type !== "wheel";
    const region =
      isThere && event.target instanceof Element ? focusPlaces.regionOf(event.target) : null;
    presence.touched(region === null ? null : contextOf(region, view.regions().side));
  };
  for (const type of inputs) addEventListener(type, onInput, { capture: true, passive: true });
  // Once more when a press has done what it does: a tab that was pressed shows something else then.
  addEventListener("click", onInput);
  onCleanup(room.onJoined(presence.joined));
  onCleanup(() => {
    for (const type of inputs) removeEventListener(type, onInput, { capture: true });
    removeEventListener("click", onInput);
    presence.close();
  });
}
