import type { ViewState } from "./visibleRegions.ts";

/** The part of the view that a shared screen changes. */
export type Stage = Pick<ViewState, "emphasis" | "pane">;

/**
 * What to show when somebody begins to share a screen: the screen, except to one who reads or writes on a phone.
 * Pure.
 */
export function stageForScreen(view: ViewState): Stage {
  const isElsewhere = view.layout === "narrow" && (view.pane === "chat" || view.pane === "people");
  if (isElsewhere) return { emphasis: view.emphasis, pane: view.pane };
  return { emphasis: view.emphasis === "board" ? "speaker" : view.emphasis, pane: "video" };
}

/** What to show when the sharing ends: what was there before, unless the person has chosen since. Pure. */
export function stageAfterScreen(view: ViewState, before: Stage, during: Stage): Stage {
  return {
    emphasis: view.emphasis === during.emphasis ? before.emphasis : view.emphasis,
    pane: view.pane === during.pane ? before.pane : view.pane,
  };
}
