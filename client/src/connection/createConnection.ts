import type {
  AckResult,
  CommandOf,
  CommandType,
  EphemeralCommand,
  RoomEvent,
} from "@darasa/protocol";
import type { Accessor } from "solid-js";
import { CommandFailure } from "./commandFailure.ts";
import type { ConnectionState } from "./connectionState.ts";
import type { Environment } from "./environment.ts";
import { GatewayWire } from "./gatewayWire.ts";
import { createListeners, type Listeners } from "./listeners.ts";
import { createPendingCommands } from "./pendingCommands.ts";

/** A command without its id. */
export type CommandBody<Type extends CommandType> = { readonly type: Type } & Omit<
  CommandOf<Type>,
  "type" | "id"
>;

export interface SendOptions<Type extends CommandType> {
  /** Names the command, so that a resend is one; a new id unless given. */
  readonly id?: string;
  /** Called with the result before anything that the server said after it is told. */
  readonly acked?: (result: AckResult<Type>) => void;
}

/** One person's connection to the gateway: it comes back by itself, but joins no room by itself. */
export interface Connection {
  readonly state: Accessor<ConnectionState>;
  /**
   * The server's answer to one command.
   *
   * @throws CommandFailure as rejection: the server's code, `timeout`, or `disconnected`
   */
  readonly send: <Type extends CommandType>(
    command: CommandBody<Type>,
    options?: SendOptions<Type>,
  ) => Promise<AckResult<Type>>;
  /** Hands over what passes and is not acked (SPEC D5); without a connection it is as if never said. */
  readonly pass: (command: EphemeralCommand) => void;
  /** Registers for the events of all rooms; the returned function ends it. */
  readonly onEvent: (listen: (event: RoomEvent) => void) => () => void;
  /** Called after every change of `state`; the returned function ends it. */
  readonly onState: (listen: (state: ConnectionState) => void) => () => void;
  /** Begins, or begins again after a close. */
  readonly start: () => void;
  /** The server's epoch ms, whatever anybody does to this device's clock; before the first welcome that clock. */
  readonly serverNowMs: () => number;
  /** How long the wait for the next try still is; 0 when none is waited for. */
  readonly waitLeftMs: () => number;
  /** Ends a wait. */
  readonly tryNow: () => void;
  /** Leaves; nothing is sent or heard until `start`. */
  readonly close: () => void;
}

export interface ConnectionOptions {
  /** A fresh one-time ticket. A `DarasaError` that is not retryable ends the connection with its code. */
  readonly getTicket: () => Promise<string>;
  readonly environment: Environment;
}

/** A connection that is idle until `start`. The caller closes it. */
export function createConnection({ getTicket, environment }: ConnectionOptions): Connection {
  const pending = createPendingCommands(environment);
  const events = createListeners<RoomEvent>();
  const states = createListeners<ConnectionState>();
  const wire = new GatewayWire(environment, {
    getTicket,
    event: events.tell,
    answer: pending.answer,
    dropped: pending.abandon,
    state: states.tell,
  });

  function send<Type extends CommandType>(
    command: CommandBody<Type>,
    { id = environment.newId(), acked }: SendOptions<Type> = {},
  ): Promise<AckResult<Type>> {
    if (wire.state().name !== "open") return Promise.reject(new CommandFailure("disconnected"));
    // The server answers a command with the result of its own type (SPEC D1).
    const answer = pending.add(id, acked as (result: AckResult<CommandType>) => void);
    wire.send(JSON.stringify({ ...command, id }));
    return answer as Promise<AckResult<Type>>;
  }

  return {
    state: wire.state,
    send,
    pass: (command) => {
      if (wire.state().name === "open") wire.send(JSON.stringify(command));
    },
    serverNowMs: createServerClock(environment, states),
    waitLeftMs: () => {
      const state = wire.state();
      return state.name === "waiting" ? Math.max(0, state.untilMs - environment.steadyMs()) : 0;
    },
    onEvent: events.listen,
    onState: states.listen,
    start: () => wire.dispatch({ type: "start" }),
    tryNow: () => wire.dispatch({ type: "tryNow" }),
    close: () => wire.dispatch({ type: "stop" }),
  };
}

/** Goes by the newest welcome, and from there on by the clock that nobody sets. */
function createServerClock(
  environment: Environment,
  states: Listeners<ConnectionState>,
): () => number {
  let aheadMs: number | null = null;
  states.listen((state) => {
    if (state.name === "open") aheadMs = state.serverAheadMs;
  });
  return () => (aheadMs === null ? environment.now() : environment.steadyMs() + aheadMs);
}
