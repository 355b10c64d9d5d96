import { createSignal, onCleanup, type Accessor } from "solid-js";

/** So near to the end counts as being there. */
const endTolerancePx = 48;

/** Keeps a scrolling list at its end while the person is there, and where they read while they are not. */
export interface StickyScroll {
  readonly ref: (element: HTMLElement) => void;
  /** Is the end in sight? */
  readonly isAtEnd: Accessor<boolean>;
  readonly onScroll: () => void;
  /** To be called after the list changed at its end, or came into sight. */
  readonly follow: () => void;
  readonly goToEnd: () => void;
  /** Runs `change`, which adds rows at the beginning, without moving what is in sight. */
  readonly keepPlace: (change: () => Promise<void> | void) => Promise<void>;
}

/** A list that starts at its end. Lives as long as its owner. */
export function createStickyScroll(): StickyScroll {
  const [isAtEnd, setIsAtEnd] = createSignal(true);
  let list: HTMLElement | undefined;
  const observer = new ResizeObserver(() => {
    if (isAtEnd()) goToEnd();
  });
  onCleanup(() => observer.disconnect());

  function goToEnd(): void {
    list?.scrollTo({ top: list.scrollHeight });
  }

  return {
    ref: (element) => {
      list = element;
      // A keyboard that opens, or a banner that goes, must not hide the newest message.
      observer.observe(element);
    },
    isAtEnd,
    onScroll: () => {
      if (list === undefined || list.clientHeight === 0) return;
      setIsAtEnd(list.scrollHeight - list.scrollTop - list.clientHeight <= endTolerancePx);
    },
    follow: () => {
      if (isAtEnd()) goToEnd();
    },
    goToEnd,
    keepPlace: async (change) => {
      const fromEnd = list === undefined ? 0 : list.scrollHeight - list.scrollTop;
      await change();
      if (list !== undefined) list.scrollTop = list.scrollHeight - fromEnd;
    },
  };
}
