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
  /** Epoch ms as this device has it: people set it, and it may be wrong by hours. */
  readonly now: () => number;
  /** Milliseconds of a clock that nobody sets, from a beginning that means nothing: what timers go by. */
  readonly steadyMs: () => number;
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
