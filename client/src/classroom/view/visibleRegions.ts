/**
 * How much room there is: all at once, two panes beside each other, or one part at a time (phones, also lying
 * on their side).
 */
export type Layout = "wide" | "medium" | "narrow";
/** What one sees large where there is a choice, in the order of the control. */
export const emphases = ["board", "both", "speaker", "grid"] as const;
/** `speaker`: who speaks or shows something, large; `grid`: everybody alike; both without the board. */
export type Emphasis = (typeof emphases)[number];
/** The part that a phone shows. */
export type Pane = "video" | "board" | "chat" | "people";
/** What the side shows. */
export type SideTab = "chat" | "people";

export interface ViewState {
  readonly layout: Layout;
  readonly emphasis: Emphasis;
  readonly pane: Pane;
  readonly sideTab: SideTab;
  /** Only where the side can be closed (`medium`). */
  readonly isSideOpen: boolean;
  readonly hasVideo: boolean;
}

export interface VisibleRegions {
  readonly board: boolean;
  /** Beside or above the board, or filling the middle; null for not at all. */
  readonly video: "strip" | "stage" | null;
  readonly side: SideTab | null;
}

/** Which parts are on the screen. Pure. */
export function visibleRegions(view: ViewState): VisibleRegions {
  if (view.layout === "narrow") return narrowRegions(view);
  const side = view.layout === "wide" || view.isSideOpen ? view.sideTab : null;
  if (!view.hasVideo) return { board: true, video: null, side };
  switch (view.emphasis) {
    case "board":
      return { board: true, video: "strip", side };
    case "both":
      return { board: true, video: "stage", side };
    case "speaker":
    case "grid":
      return { board: false, video: "stage", side };
  }
}

function narrowRegions({ pane, hasVideo }: ViewState): VisibleRegions {
  const isVideo = pane === "video" && hasVideo;
  return {
    board: pane === "board" || (pane === "video" && !hasVideo),
    video: isVideo ? "stage" : null,
    side: pane === "chat" || pane === "people" ? pane : null,
  };
}

/** The view after the person asked for `pane`, wherever that is in their layout. Pure. */
export function showPane(view: ViewState, pane: Pane): ViewState {
  switch (pane) {
    case "chat":
    case "people":
      return { ...view, pane, sideTab: pane, isSideOpen: true };
    case "board":
      return { ...view, pane, emphasis: hasBoard(view.emphasis) ? view.emphasis : "board" };
    case "video":
      return { ...view, pane };
  }
}

function hasBoard(emphasis: Emphasis): boolean {
  return emphasis === "board" || emphasis === "both";
}

/** The one after `emphasis` in the control, going round. Pure. */
export function nextEmphasis(emphasis: Emphasis): Emphasis {
  return emphases[(emphases.indexOf(emphasis) + 1) % emphases.length] ?? emphasis;
}

/** Is somebody large among the pictures, or are all alike? On a phone, which has one part at a time, too. Pure. */
export function tileArrangement({ layout, emphasis }: ViewState): "speaker" | "grid" {
  const isGrid = layout === "narrow" ? emphasis === "grid" : emphasis !== "speaker";
  return isGrid ? "grid" : "speaker";
}
