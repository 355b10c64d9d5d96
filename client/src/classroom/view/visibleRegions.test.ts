import { describe, expect, test } from "vitest";
import { showPane, visibleRegions, type Pane, type ViewState } from "./visibleRegions.ts";

const view = (change: Partial<ViewState> = {}): ViewState => ({
  layout: "wide",
  emphasis: "board",
  pane: "board",
  sideTab: "chat",
  isSideOpen: false,
  hasVideo: true,
  ...change,
});

describe("visibleRegions", () => {
  test("a wide screen shows board, video and side together", () => {
    expect(visibleRegions(view())).toEqual({ board: true, video: "strip", side: "chat" });
    expect(visibleRegions(view({ emphasis: "both" }))).toEqual({
      board: true,
      video: "stage",
      side: "chat",
    });
    expect(visibleRegions(view({ emphasis: "video" })).board).toBe(false);
  });

  test("on a tablet the side is there when it was opened", () => {
    const tablet = view({ layout: "medium", sideTab: "people" });
    expect(visibleRegions(tablet).side).toBeNull();
    expect(visibleRegions({ ...tablet, isSideOpen: true }).side).toBe("people");
  });

  test.each<[Pane, string]>([
    ["video", "video"],
    ["board", "board"],
    ["chat", "chat"],
    ["people", "people"],
  ])("a phone shows one part at a time: %s", (pane, shown) => {
    const { board, video, side } = visibleRegions(view({ layout: "narrow", pane }));
    expect([board && "board", video !== null && "video", side].filter(Boolean)).toEqual([shown]);
  });

  test("a class without video shows the board in its place", () => {
    expect(visibleRegions(view({ emphasis: "video", hasVideo: false }))).toEqual({
      board: true,
      video: null,
      side: "chat",
    });
    const phone = view({ layout: "narrow", pane: "video", hasVideo: false });
    expect(visibleRegions(phone)).toEqual({ board: true, video: null, side: null });
  });
});

describe("showPane", () => {
  test.each(["wide", "medium", "narrow"] as const)("what was asked for is seen: %s", (layout) => {
    const start = view({ layout, emphasis: "video", pane: "video" });
    expect(visibleRegions(showPane(start, "chat")).side).toBe("chat");
    expect(visibleRegions(showPane(start, "people")).side).toBe("people");
    expect(visibleRegions(showPane(start, "board")).board).toBe(true);
    expect(visibleRegions(showPane(start, "video")).video).not.toBeNull();
  });
});
