import { describe, expect, test } from "vitest";
import {
  nextEmphasis,
  showPane,
  tileArrangement,
  visibleRegions,
  type Pane,
  type ViewState,
} from "./visibleRegions.ts";

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
    for (const emphasis of ["speaker", "grid"] as const)
      expect(visibleRegions(view({ emphasis }))).toMatchObject({ board: false, video: "stage" });
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
    expect(visibleRegions(view({ emphasis: "grid", hasVideo: false }))).toEqual({
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
    const start = view({ layout, emphasis: "grid", pane: "video" });
    expect(visibleRegions(showPane(start, "chat")).side).toBe("chat");
    expect(visibleRegions(showPane(start, "people")).side).toBe("people");
    expect(visibleRegions(showPane(start, "board")).board).toBe(true);
    expect(visibleRegions(showPane(start, "video")).video).not.toBeNull();
  });
});

describe("tileArrangement", () => {
  test("somebody is large where the speaker was chosen, and on a phone unless all alike were", () => {
    expect(tileArrangement(view({ emphasis: "speaker" }))).toBe("speaker");
    expect(tileArrangement(view({ emphasis: "grid" }))).toBe("grid");
    expect(tileArrangement(view({ emphasis: "board" }))).toBe("grid");
    expect(tileArrangement(view({ layout: "narrow", emphasis: "board" }))).toBe("speaker");
    expect(tileArrangement(view({ layout: "narrow", emphasis: "grid" }))).toBe("grid");
  });
});

describe("nextEmphasis", () => {
  test("comes by all of them and round again", () => {
    const seen = ["board"] as ViewState["emphasis"][];
    for (let step = 0; step < 4; step += 1) seen.push(nextEmphasis(seen.at(-1) ?? "board"));
    expect(seen).toEqual(["board", "both", "speaker", "grid", "board"]);
  });
});
