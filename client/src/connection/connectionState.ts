import {
  closeReasons,
  errorTable,
  reconnectAfter,
  type CloseName,
  type ErrorCode,
  type SessionId,
} from "@darasa/protocol";
import { backoffDelayMs } from "./backoff.ts";

/** A connection that held this long was a good one: the next loss starts counting from the first attempt. */
const stableAfterMs = 10_000;

/** Why a connection will not come back by itself. `left` is one's own doing. */
export type ClosedReason = "left" | CloseName | ErrorCode;

/**
 * Where a gateway connection stands. `attempt` counts the tries since it was last stable; `online` is what the
 * device says of its network, which is a hint and stops nothing.
 */
export type ConnectionState = { readonly online: boolean } & (
  | { readonly name: "idle" }
  | { readonly name: "connecting"; readonly attempt: number }
  | { readonly name: "helloSent"; readonly attempt: number }
  | {
      readonly name: "open";
      readonly attempt: number;
      readonly sinceMs: number;
      readonly sessionId: SessionId;
      /** The server's clock minus this device's, in milliseconds. */
      readonly serverAheadMs: number;
    }
  | { readonly name: "waiting"; readonly attempt: number; readonly untilMs: number }
  | { readonly name: "closed"; readonly reason: ClosedReason }
);

/** `random` is a number in [0, 1) that decides the wait; times are epoch ms. */
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
  return startable ? { name: "connecting", attempt: 0, online: state.online } : state;
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
    online: true,
  };
}

function retry(state: ConnectionState): ConnectionState {
  if (state.name !== "waiting") return state;
  return { name: "connecting", attempt: state.attempt, online: state.online };
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
  const attempt = stable ? 1 : state.attempt + 1;
  const untilMs = at.atMs + backoffDelayMs(attempt, at.random);
  return { name: "waiting", attempt, untilMs, online: state.online };
}

function closeName(code: number): ClosedReason {
  const names = Object.keys(closeReasons) as CloseName[];
  return names.find((name) => closeReasons[name].code === code) ?? "internal";
}
