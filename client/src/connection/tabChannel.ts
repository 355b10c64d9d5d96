/** What the pages of one origin tell one another; a page does not hear itself. */
export interface TabChannel<Word> {
  readonly tell: (word: Word) => void;
  readonly listen: (listener: (word: Word) => void) => void;
  readonly close: () => void;
}

/** The browser's channel of that name; where there is none, nobody is heard. */
export function openTabChannel<Word>(name: string): TabChannel<Word> {
  if (typeof BroadcastChannel === "undefined") {
    return { tell: () => undefined, listen: () => undefined, close: () => undefined };
  }
  const channel = new BroadcastChannel(name);
  let isOpen = true;
  return {
    tell: (word) => {
      if (isOpen) channel.postMessage(word);
    },
    listen: (listener) => {
      // Only pages of this origin speak here, and all of them are ours.
      channel.onmessage = (event: MessageEvent<Word>) => listener(event.data);
    },
    close: () => {
      isOpen = false;
      channel.close();
    },
  };
}
