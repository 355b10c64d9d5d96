import type { PersonConnection } from "../provider.ts";

/** Where one pair stands and how often it was tried; a value. */
export interface PairState {
  readonly connection: PersonConnection;
  /** A new connection is being set up right now, as opposed to waiting for the next try. */
  readonly trying: boolean;
  /** Connections in a row that did not come about. */
  readonly failures: number;
  /** Restarts of the path since it was last connected. */
  readonly restarts: number;
}

export type PairEvent =
  /** Either side began a connection. */
  | "begun"
  /** The transport came up, wavers (it may heal by itself), or is gone. */
  | "connected"
  | "disconnected"
  | "failed"
  /** A description was refused by the browser: this connection leads nowhere. */
  | "broken"
  /** The deadline of the last step has passed. */
  | "deadline";

export interface PairStep {
  readonly state: PairState;
  /** Mend the path of the connection, or begin a wholly new one. */
  readonly action: "none" | "restart" | "rebuild";
  /** When to send `deadline`, in ms from now; `keep` leaves the running one as it is. */
  readonly deadlineMs: number | "never" | "keep";
}

/** A pair without a connection after this long is told that it cannot reach the other. */
export const connectDeadlineMs = 15_000;
/** Wi-Fi that changes its access point is back within this. */
export const disconnectedGraceMs = 2_000;
export const restartDeadlineMs = 6_000;
const maxRestarts = 2;
const firstRetryMs = 5_000;
const slowestRetryMs = 60_000;

export const newPair: PairState = {
  connection: "connecting",
  trying: true,
  failures: 0,
  restarts: 0,
};

/** Decides for one pair when to mend the path, when to give up for now, and when to try again. */
export function reducePair(state: PairState, event: PairEvent): PairStep {
  switch (event) {
    case "begun":
      return begin(state);
    case "connected":
      return step({ ...newPair, connection: "connected", trying: false }, "none", "never");
    case "disconnected":
      return state.connection === "connected"
        ? step({ ...state, connection: "lost" }, "none", disconnectedGraceMs)
        : step(state, "none", "keep");
    case "failed":
      return transportFailed(state);
    case "broken":
      return giveUp(state);
    case "deadline":
      return deadlinePassed(state);
  }
}

/** How long to wait before the next try after that many failures in a row: 5 s, doubling, at most 1 min. */
export function retryDelayMs(failures: number): number {
  return Math.min(slowestRetryMs, firstRetryMs * 2 ** Math.max(0, failures - 1));
}

function begin(state: PairState): PairStep {
  const connection = state.connection === "connected" ? "lost" : state.connection;
  return step({ ...state, connection, trying: true }, "none", connectDeadlineMs);
}

function transportFailed(state: PairState): PairStep {
  switch (state.connection) {
    case "connected":
    case "lost":
      return mendOrGiveUp(state);
    case "connecting":
      // Addresses may still be on their way: only the deadline says that it cannot be done.
      return state.restarts < maxRestarts
        ? step({ ...state, restarts: state.restarts + 1 }, "restart", "keep")
        : step(state, "none", "keep");
    case "failed":
      return state.trying ? giveUp(state) : step(state, "none", "keep");
  }
}

function deadlinePassed(state: PairState): PairStep {
  switch (state.connection) {
    case "connected":
      return step(state, "none", "never");
    case "lost":
      return mendOrGiveUp(state);
    case "connecting":
      return giveUp(state);
    case "failed":
      // The word stays `failed` while it is tried, so that a tile does not flicker between two texts.
      return state.trying
        ? giveUp(state)
        : step({ ...state, trying: true }, "rebuild", connectDeadlineMs);
  }
}

function mendOrGiveUp(state: PairState): PairStep {
  if (state.restarts >= maxRestarts) return giveUp(state);
  const mending = { ...state, connection: "lost" as const, restarts: state.restarts + 1 };
  return step(mending, "restart", restartDeadlineMs);
}

function giveUp(state: PairState): PairStep {
  const failures = state.failures + 1;
  const failed = { connection: "failed" as const, trying: false, failures, restarts: 0 };
  return step(failed, "none", retryDelayMs(failures));
}

function step(
  state: PairState,
  action: PairStep["action"],
  deadlineMs: PairStep["deadlineMs"],
): PairStep {
  return { state, action, deadlineMs };
}
