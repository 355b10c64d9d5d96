import { describe, expect, test } from "vitest";
import { stageAfterScreen, stageForScreen } from "./followScreen.ts";
import type { ViewState } from "./visibleRegions.ts";

const view = (change: Partial<ViewState>): ViewState => ({
  layout: "wide",
  emphasis: "board",
  pane: "board",
  sideTab: "chat",
  isSideOpen: true,
  hasVideo: true,
  ...change,
});

describe("a shared screen", () => {
  test("takes the board's place, and gives it back", () => {
    const before = view({});
    const during = stageForScreen(before);
    expect(during).toEqual({ emphasis: "speaker", pane: "video" });
    expect(stageAfterScreen({ ...before, ...during }, before, during)).toMatchObject({
      emphasis: "board",
      pane: "board",
    });
  });

  test("stands beside the board for one who sees both", () => {
    expect(stageForScreen(view({ emphasis: "both" })).emphasis).toBe("both");
  });

  test("takes nobody out of the chat on a phone", () => {
    expect(stageForScreen(view({ layout: "narrow", pane: "chat" })).pane).toBe("chat");
    expect(stageForScreen(view({ layout: "narrow", pane: "board" })).pane).toBe("video");
  });

  test("what the person chose meanwhile stays", () => {
    const before = view({});
    const during = stageForScreen(before);
    const chosen = view({ emphasis: "both", pane: "people" });
    expect(stageAfterScreen(chosen, before, during)).toEqual({ emphasis: "both", pane: "people" });
  });
});
