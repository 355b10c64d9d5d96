/** One WebSocket as the connection needs it. */
export interface Socket {
  readonly send: (text: string) => void;
  /** Lets go of it; no handler is called afterwards. */
  readonly close: () => void;
}

export interface SocketHandlers {
  readonly opened: () => void;
  readonly heard: (text: string) => void;
  readonly closed: (code: number) => void;
}

export interface NetworkHandlers {
  readonly online: () => void;
  readonly offline: () => void;
  /** The page is looked at again, after which timers may have slept. */
  readonly shown: () => void;
}

/** Everything a connection takes from the world around it, so that tests can pass their own. */
export interface Environment {
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly newId: () => string;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly openSocket: (handlers: SocketHandlers) => Socket;
  readonly isOnline: () => boolean;
  /** The returned function ends it. */
  readonly watchNetwork: (handlers: NetworkHandlers) => () => void;
}
