/** The time that a flush goes by, and how it is woken; tests bring their own. */
export interface FlushClock {
  /** Ms with fractions, of a clock that nobody sets. */
  now(): number;
  /** Calls back once, after `ms` or a little later; returns how to take that back. */
  wakeAfter(ms: number, wake: () => void): () => void;
}

/** This process's own; nothing that it waits for keeps the process alive. */
export const processClock: FlushClock = {
  now: () => performance.now(),
  wakeAfter(ms, wake) {
    const timer = setTimeout(wake, ms).unref();
    return () => clearTimeout(timer);
  },
};
