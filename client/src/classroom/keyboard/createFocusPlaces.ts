/** A part of the classroom that F6 goes to. */
export type FocusRegion = "header" | "board" | "video" | "side" | "bar";

/** Where the keyboard can be sent, by name. Parts register themselves; one that is not there is passed over. */
export interface FocusPlaces {
  readonly register: (region: FocusRegion, element: HTMLElement) => void;
  /** What puts the focus where one writes a message. */
  readonly setChatFocus: (focus: () => void) => void;
  /** The parts that are on the screen, in reading order. */
  readonly regions: () => FocusRegion[];
  readonly current: () => FocusRegion | null;
  /** The part that holds that element. */
  readonly regionOf: (element: Element) => FocusRegion | null;
  readonly focus: (region: FocusRegion) => void;
  readonly focusChat: () => void;
}

const order: readonly FocusRegion[] = ["header", "board", "video", "side", "bar"];

/** Nothing registered yet. */
export function createFocusPlaces(): FocusPlaces {
  const elements = new Map<FocusRegion, HTMLElement>();
  let chatFocus: (() => void) | undefined;

  function regionOf(element: Element | null): FocusRegion | null {
    return order.find((region) => elements.get(region)?.contains(element)) ?? null;
  }

  return {
    register: (region, element) => elements.set(region, element),
    setChatFocus: (focus) => (chatFocus = focus),
    regions: () => order.filter((region) => isOnScreen(elements.get(region))),
    current: () => regionOf(document.activeElement),
    regionOf,
    focus: (region) => elements.get(region)?.focus(),
    // A locked chat has nowhere to write: the messages themselves take the focus then.
    focusChat: () => {
      chatFocus?.();
      const side = elements.get("side");
      if (side?.contains(document.activeElement) !== true) side?.focus();
    },
  };
}

function isOnScreen(element: HTMLElement | undefined): boolean {
  return element?.isConnected === true && element.getClientRects().length > 0;
}
