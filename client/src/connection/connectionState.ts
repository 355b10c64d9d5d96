import {
  closeReasons,
  errorTable,
  limits,
  reconnectAfter,
  type CloseName,
  type ErrorCode,
  type SessionId,
} from "@darasa/protocol";
import { backoffDelayMs } from "./backoff.ts";

/** A connection that held this long was a good one: the next loss starts counting from the first attempt. */
const stableAfterMs = 10_000;
/** A server that restarts is back within so many tries; after that the line is as good as lost. */
const restartAttempts = 6;

/** Why a connection will not come back by itself. `left` is one's own doing. */
export type ClosedReason = "left" | CloseName | ErrorCode;

/**
 * Where a gateway connection stands. `attempt` counts the tries since it was last stable; `online` is what the
 * device says of its network, which is a hint and stops nothing. `isRestart` says that the server went away on
 * purpose and will be back, or is just back. Times are those of a clock that nobody sets.
 */
export type ConnectionState = { readonly online: boolean } & (
  | { readonly name: "idle" }
  | { readonly name: "connecting"; readonly attempt: number; readonly isRestart: boolean }
  | { readonly name: "helloSent"; readonly attempt: number; readonly isRestart: boolean }
  | {
      readonly name: "open";
      readonly attempt: number;
      readonly sinceMs: number;
      readonly sessionId: SessionId;
      /** The server's epoch ms minus the clock that nobody sets. */
      readonly serverAheadMs: number;
      /** The server is about to end: how long to wait then (SPEC C4). */
      readonly comeBackInMs: number | null;
      readonly isRestart: boolean;
    }
  | {
      readonly name: "waiting";
      readonly attempt: number;
      readonly untilMs: number;
      readonly isRestart: boolean;
    }
  | { readonly name: "closed"; readonly reason: ClosedReason }
);

/** `random` is a number in [0, 1) that decides the wait; `atMs` is of the clock that nobody sets. */
export type ConnectionEvent =
  | { readonly type: "start" }
  | { readonly type: "stop" }
  | { readonly type: "socketOpened" }
  | {
      readonly type: "welcomed";
      readonly atMs: number;
      readonly sessionId: SessionId;
      readonly serverTimeMs: number;
    }
  | { readonly type: "goingAway"; readonly comeBackInMs: number }
  | { readonly type: "lost"; readonly code: number; readonly atMs: number; readonly random: number }
  | {
      readonly type: "ticketRefused";
      readonly code: ErrorCode;
      readonly atMs: number;
      readonly random: number;
    }
  | { readonly type: "waited" }
  | { readonly type: "tryNow" }
  | { readonly type: "online" }
  | { readonly type: "offline"; readonly atMs: number; readonly random: number };

/** The state before `start`. */
export function initialConnectionState(online: boolean): ConnectionState {
  return { name: "idle", online };
}

type EventOf<Type extends ConnectionEvent["type"]> = Extract<ConnectionEvent, { type: Type }>;
type Transitions = {
  readonly [Type in ConnectionEvent["type"]]: (
    state: ConnectionState,
    event: EventOf<Type>,
  ) => ConnectionState;
};

const transitions: Transitions = {
  start: begin,
  stop: (state) => closed(state, "left"),
  socketOpened: (state) => (state.name === "connecting" ? { ...state, name: "helloSent" } : state),
  welcomed,
  goingAway,
  lost,
  ticketRefused,
  waited: retry,
  tryNow: retry,
  online: (state) => retry(state.online ? state : { ...state, online: true }),
  offline,
};

/** The state after `event`; the same object when the event means nothing in it. Pure. */
export function reduceConnection(state: ConnectionState, event: ConnectionEvent): ConnectionState {
  // The table gives every type of event the function that takes it.
  const transition = transitions[event.type] as (
    state: ConnectionState,
    event: ConnectionEvent,
  ) => ConnectionState;
  return transition(state, event);
}

type Trying = Extract<ConnectionState, { name: "connecting" | "helloSent" | "open" }>;

/** Is a socket there, or on its way? */
function isTrying(state: ConnectionState): state is Trying {
  return state.name === "connecting" || state.name === "helloSent" || state.name === "open";
}

function begin(state: ConnectionState): ConnectionState {
  const startable = state.name === "idle" || state.name === "closed";
  if (!startable) return state;
  return { name: "connecting", attempt: 0, isRestart: false, online: state.online };
}

function closed(state: ConnectionState, reason: ClosedReason): ConnectionState {
  return state.name === "closed" ? state : { name: "closed", reason, online: state.online };
}

function welcomed(state: ConnectionState, event: EventOf<"welcomed">): ConnectionState {
  if (state.name !== "helloSent") return state;
  return {
    name: "open",
    attempt: state.attempt,
    sinceMs: event.atMs,
    sessionId: event.sessionId,
    serverAheadMs: event.serverTimeMs - event.atMs,
    comeBackInMs: null,
    isRestart: state.isRestart,
    online: true,
  };
}

function goingAway(state: ConnectionState, event: EventOf<"goingAway">): ConnectionState {
  if (state.name !== "open") return state;
  const comeBackInMs = Math.min(Math.max(0, event.comeBackInMs), limits.comeBackWithinMs);
  return { ...state, comeBackInMs };
}

function retry(state: ConnectionState): ConnectionState {
  if (state.name !== "waiting") return state;
  const { attempt, isRestart, online } = state;
  return { name: "connecting", attempt, isRestart, online };
}

function lost(state: ConnectionState, event: EventOf<"lost">): ConnectionState {
  if (!isTrying(state)) return state;
  if (reconnectAfter(event.code) === "no") return closed(state, closeName(event.code));
  return wait(state, event);
}

function ticketRefused(state: ConnectionState, event: EventOf<"ticketRefused">): ConnectionState {
  if (state.name !== "connecting") return state;
  return errorTable[event.code].retryable ? wait(state, event) : closed(state, event.code);
}

function offline(state: ConnectionState, event: EventOf<"offline">): ConnectionState {
  const without = { ...state, online: false };
  return isTrying(without) ? wait(without, event) : without;
}

function wait(state: Trying, at: { atMs: number; random: number }): ConnectionState {
  const stable = state.name === "open" && at.atMs - state.sinceMs >= stableAfterMs;
  const announcedMs = state.name === "open" ? state.comeBackInMs : null;
  // A restart says nothing of the network: what failed before it does not make its waits longer.
  const attempt = stable || announcedMs !== null ? 1 : state.attempt + 1;
  const untilMs = at.atMs + (announcedMs ?? backoffDelayMs(attempt, at.random));
  return { name: "waiting", attempt, untilMs, isRestart: restarts(state), online: state.online };
}

/** Does the loss of this one belong to a restart? */
function restarts(state: Trying): boolean {
  if (state.name === "open") return state.comeBackInMs !== null;
  return state.isRestart && state.attempt < restartAttempts;
}

function closeName(code: number): ClosedReason {
  const names = Object.keys(closeReasons) as CloseName[];
  return names.find((name) => closeReasons[name].code === code) ?? "internal";
}
