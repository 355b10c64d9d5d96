/**
 * One seat for all pages of a person in a room: whoever sits may send. It keeps the order and spares the network;
 * that nothing is stored twice does not hang on it (SPEC M2).
 */
export interface SendingSeat {
  /** Queues for it: `changed` tells that one sits, or that another has taken it, after which one queues again. */
  readonly ask: (changed: (isSeated: boolean) => void) => void;
  /** Takes it from whoever has it: a page that sleeps may sit for ever. */
  readonly seize: () => void;
  /** Gives it up, or leaves the queue. Closing the page does so, too. */
  readonly leave: () => void;
}

/** The part of `navigator.locks` that a seat needs. */
export type Locks = Pick<LockManager, "request">;

/** A seat by the Web Locks API, which hands over by itself when a page closes or dies. */
export function createLockSeat(locks: Locks, name: string): SendingSeat {
  let tell: (isSeated: boolean) => void = () => undefined;
  let giveUp: () => void = () => undefined;

  function request(isSeizing: boolean): void {
    giveUp();
    const left = new AbortController();
    let isSeated = false;
    let stand: () => void = () => undefined;
    giveUp = () => {
      left.abort();
      stand();
    };
    const sit = (): Promise<void> | undefined => {
      if (left.signal.aborted) return undefined;
      isSeated = true;
      tell(true);
      return new Promise((resolve) => (stand = resolve));
    };
    const lost = (): void => {
      if (left.signal.aborted) return;
      if (!isSeated) {
        // A browser that lends no locks here: better two that send than none.
        tell(true);
        return;
      }
      tell(false);
      request(false);
    };
    const options = isSeizing ? { steal: true } : { signal: left.signal };
    locks.request(name, options, sit).catch(lost);
  }

  return {
    ask: (changed) => {
      tell = changed;
      request(false);
    },
    seize: () => request(true),
    leave: () => giveUp(),
  };
}
