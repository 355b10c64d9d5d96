import { createEffect, createMemo, on, untrack } from "solid-js";
import type { Classroom } from "../ClassroomContext.tsx";
import { stageAfterScreen, stageForScreen, type Stage } from "./followScreen.ts";

/** Brings a screen that another person shares into sight, and what was there before back. */
export function createScreenFollower({ media, view }: Classroom): void {
  const isShared = createMemo(() => media.state.remotes.some(({ screen }) => screen !== null));
  let followed: { readonly before: Stage; readonly during: Stage } | null = null;

  createEffect(
    on(isShared, (shared) => {
      const now = untrack(view.state);
      if (shared) {
        const during = stageForScreen(now);
        followed = { before: { emphasis: now.emphasis, pane: now.pane }, during };
        view.setStage(during);
      } else if (followed !== null) {
        view.setStage(stageAfterScreen(now, followed.before, followed.during));
        followed = null;
      }
    }),
  );
}
