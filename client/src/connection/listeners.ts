/** Those who want to hear of something. */
export interface Listeners<Value> {
  /** The returned function ends it. */
  readonly listen: (listener: (value: Value) => void) => () => void;
  /** Tells everybody, in the order in which they came. */
  readonly tell: (value: Value) => void;
}

/** Nobody listening yet. */
export function createListeners<Value>(): Listeners<Value> {
  const listeners = new Set<(value: Value) => void>();
  return {
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell: (value) => listeners.forEach((listener) => listener(value)),
  };
}
