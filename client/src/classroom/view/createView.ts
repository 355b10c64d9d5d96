import { createEffect, createMemo, createSignal, onCleanup, type Accessor } from "solid-js";
import { loadEmphasis, storeEmphasis } from "./rememberedEmphasis.ts";
import {
  showPane,
  visibleRegions,
  type Emphasis,
  type Layout,
  type Pane,
  type SideTab,
  type ViewState,
  type VisibleRegions,
} from "./visibleRegions.ts";

/** What this person sees of the classroom, and the ways to change it. */
export interface View {
  readonly state: Accessor<ViewState>;
  readonly regions: Accessor<VisibleRegions>;
  readonly show: (pane: Pane) => void;
  /** Remembered on this device. */
  readonly setEmphasis: (emphasis: Emphasis) => void;
  /** For now only: what the class does decides it, not the person. */
  readonly setStage: (stage: Pick<ViewState, "emphasis" | "pane">) => void;
  readonly setSideTab: (tab: SideTab) => void;
  readonly closeSide: () => void;
  /** Is there room for words beside icons? */
  readonly isRoomy: Accessor<boolean>;
  /** Is that part on the screen, and the page looked at? */
  readonly isInView: (pane: Pane) => boolean;
}

const wideQuery = "(min-width: 64em) and (min-height: 30em)";
const mediumQuery = "(min-width: 37.5em) and (min-height: 30em)";
/** From here on the side stands beside the board instead of over it, and buttons have words. */
const roomyQuery = "(min-width: 48em) and (min-height: 30em)";

/** The view of a class, as this device showed the last one; at first the board. Lives as long as its owner. */
export function createView(hasVideo: Accessor<boolean>): View {
  const layout = createLayout();
  const isShown = createPageShown();
  const isRoomy = createQuery(roomyQuery);
  const [chosen, setChosen] = createSignal<Omit<ViewState, "layout" | "hasVideo">>({
    emphasis: loadEmphasis(deviceStorage),
    pane: "board",
    sideTab: "chat",
    isSideOpen: isRoomy(),
  });
  const state = createMemo<ViewState>(() => ({
    ...chosen(),
    layout: layout(),
    hasVideo: hasVideo(),
  }));
  const regions = createMemo(() => visibleRegions(state()));

  return {
    state,
    regions,
    isRoomy,
    show: (pane) => setChosen(showPane(state(), pane)),
    setEmphasis: (emphasis) => {
      storeEmphasis(deviceStorage, emphasis);
      setChosen({ ...chosen(), emphasis });
    },
    setStage: (stage) => setChosen({ ...chosen(), ...stage }),
    setSideTab: (sideTab) => setChosen({ ...chosen(), sideTab }),
    closeSide: () => setChosen({ ...chosen(), isSideOpen: false }),
    isInView: (pane) => isShown() && isVisible(regions(), pane),
  };
}

function deviceStorage(): Storage {
  return localStorage;
}

function isVisible(regions: VisibleRegions, pane: Pane): boolean {
  switch (pane) {
    case "board":
      return regions.board;
    case "video":
      return regions.video !== null;
    case "chat":
    case "people":
      return regions.side === pane;
  }
}

function createLayout(): Accessor<Layout> {
  const isWide = createQuery(wideQuery);
  const isMedium = createQuery(mediumQuery);
  return () => (isWide() ? "wide" : isMedium() ? "medium" : "narrow");
}

function createQuery(query: string): Accessor<boolean> {
  const list = matchMedia(query);
  const [matches, setMatches] = createSignal(list.matches);
  createEffect(() => {
    const follow = () => setMatches(list.matches);
    list.addEventListener("change", follow);
    onCleanup(() => list.removeEventListener("change", follow));
  });
  return matches;
}

function createPageShown(): Accessor<boolean> {
  const read = () => document.visibilityState === "visible";
  const [isShown, setIsShown] = createSignal(read());
  const follow = () => setIsShown(read());
  document.addEventListener("visibilitychange", follow);
  onCleanup(() => document.removeEventListener("visibilitychange", follow));
  return isShown;
}
