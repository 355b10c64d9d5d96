/** Where a LiveKit server is and what lets one into one room of it. */
export interface MediaCall {
  readonly url: string;
  readonly token: string;
  /** From when it was given. */
  readonly expiresInSeconds: number;
}

/** Tokens are renewed this long before they end: the way to the server takes time, and clocks differ. */
const reserveSeconds = 60;

/** May a call that was given at `givenAtMs` still be used? Pure. */
export function isFresh(call: MediaCall, givenAtMs: number, nowMs: number): boolean {
  return nowMs - givenAtMs < (call.expiresInSeconds - reserveSeconds) * 1_000;
}
