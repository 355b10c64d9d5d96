import type { JoinRoomAck, LiveClassId, RoomEvent, RoomId } from "@darasa/protocol";
import { createSignal, type Accessor } from "solid-js";
import { backoffDelayMs } from "../connection/backoff.ts";
import { failureCode } from "../connection/commandFailure.ts";
import type { ConnectionState } from "../connection/connectionState.ts";
import type { Connection } from "../connection/createConnection.ts";
import type { Environment } from "../connection/environment.ts";
import { createListeners, type Listeners } from "../connection/listeners.ts";
import { missingSince } from "./reduceChat.ts";
import { isFinal, reduceRoom, type RoomAction, type RoomState } from "./reduceRoom.ts";

/** One's own ack overtakes others' messages by some milliseconds: only a hole that lasts is one. */
const holePatienceMs = 800;

export interface RoomSessionOptions {
  readonly connection: Connection;
  readonly roomId: RoomId;
  readonly liveClassId: LiveClassId | null;
  readonly initial: RoomState;
  readonly environment: Pick<Environment, "after" | "random">;
}

/**
 * Keeps this person in the room for as long as the connection is open: joins at every opening with the last
 * `seq` seen, joins again when messages are missing, and reduces what the room says (SPEC R2–R7).
 */
export class RoomSession {
  readonly state: Accessor<RoomState>;
  /** Events of this room, told when the state already shows them. */
  readonly events: Listeners<RoomEvent> = createListeners<RoomEvent>();
  /** Told after every join, and after the loss of the connection. */
  readonly presenceInRoom: Listeners<"joined" | "left"> = createListeners<"joined" | "left">();
  readonly #setState: (state: RoomState) => void;
  readonly #options: RoomSessionOptions;
  readonly #stops: readonly (() => void)[];
  #hasJoined = false;
  #isJoining = false;
  #attempt = 0;
  #cancelRetry: (() => void) | undefined;
  #cancelPatience: (() => void) | undefined;

  constructor(options: RoomSessionOptions) {
    const [state, setState] = createSignal(options.initial);
    this.state = state;
    this.#setState = setState;
    this.#options = options;
    this.#stops = [
      options.connection.onEvent((event) => this.#heard(event)),
      options.connection.onState((connection) => this.#connectionChanged(connection)),
    ];
  }

  /** Changes the state, and sees to messages that it shows to be missing. */
  dispatch(action: RoomAction): void {
    const before = this.state();
    const next = reduceRoom(before, action);
    if (next !== before) this.#setState(next);
    this.#watchForHole();
  }

  /** Stops listening; the room is left with the connection. */
  close(): void {
    this.#stops.forEach((stop) => stop());
    this.#cancelTimers();
  }

  #connectionChanged(connection: ConnectionState): void {
    if (connection.name === "open") {
      this.#attempt = 0;
      this.#join();
      return;
    }
    this.#cancelTimers();
    if (this.state().status.name !== "joined") return;
    this.dispatch({ type: "disconnected" });
    this.presenceInRoom.tell("left");
  }

  #join(): void {
    const { connection, roomId, liveClassId } = this.#options;
    if (isFinal(this.state().status)) return;
    this.#cancelTimers();
    this.#isJoining = true;
    const since = this.#hasJoined ? this.state().chat.lastSeq : null;
    const command = { type: "joinRoom", room: roomId, liveClass: liveClassId } as const;
    const acked = (ack: JoinRoomAck) => this.#joined(ack, since);
    connection
      .send(since === null ? command : { ...command, since }, { acked })
      .catch((failure: unknown) => this.#refused(failure));
  }

  #joined(ack: JoinRoomAck, since: number | null): void {
    this.#hasJoined = true;
    this.#isJoining = false;
    this.#attempt = 0;
    this.dispatch({ type: "joined", ack, since });
    this.presenceInRoom.tell("joined");
  }

  #refused(failure: unknown): void {
    this.#isJoining = false;
    const code = failureCode(failure);
    if (code === "disconnected") return;
    if (code !== "timeout" && !isRetryable(failure)) {
      this.dispatch({ type: "refused", code });
      return;
    }
    const { after, random } = this.#options.environment;
    this.#attempt += 1;
    this.#cancelRetry = after(backoffDelayMs(this.#attempt, random()), () => this.#join());
  }

  #heard(event: RoomEvent): void {
    if (event.room !== this.#options.roomId) return;
    this.dispatch({ type: "event", event });
    this.events.tell(event);
  }

  #watchForHole(): void {
    const { status, chat } = this.state();
    const isMissing = status.name === "joined" && missingSince(chat) !== null;
    if (!isMissing || this.#isJoining) {
      this.#cancelPatience?.();
      this.#cancelPatience = undefined;
      return;
    }
    this.#cancelPatience ??= this.#options.environment.after(holePatienceMs, () => this.#join());
  }

  #cancelTimers(): void {
    this.#cancelRetry?.();
    this.#cancelPatience?.();
    this.#cancelRetry = this.#cancelPatience = undefined;
  }
}

function isRetryable(failure: unknown): boolean {
  return failure instanceof Error && "retryable" in failure && failure.retryable === true;
}
