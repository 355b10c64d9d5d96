import { DarasaError, errorTable, type ErrorCode } from "@darasa/protocol";
import { ConnectionState, type DisconnectReason, type Room, RoomEvent } from "livekit-client";
import { backoffDelayMs } from "../../connection/backoff.ts";
import type { ProviderStatus } from "../provider.ts";
import { refusalAfter } from "./leavingReason.ts";
import { isFresh, type MediaCall } from "./mediaCall.ts";

/** One's own place in a room, kept through lost networks, restarts of the server and tokens that end. */
export interface RoomKeeper {
  readonly status: () => ProviderStatus;
  /** Why `status` is `refused`, else null. */
  readonly refusal: () => ErrorCode | null;
  /** Resolves when one is in or refused, or `leave` was called. Never rejects. */
  readonly enter: () => Promise<void>;
  /** Out, until `enter`. */
  readonly leave: () => Promise<void>;
}

export interface RoomKeeperOptions {
  readonly room: Room;
  /** For the first way in; later ones ask for another. */
  readonly call: MediaCall;
  /** @throws DarasaError with the API's code; one that is not retryable ends the trying */
  readonly renew: () => Promise<MediaCall>;
  /** Epoch ms. */
  readonly now: () => number;
  /** In [0, 1). */
  readonly random: () => number;
  /** Calls `run` once after `delayMs`; the returned function cancels that. */
  readonly after: (delayMs: number, run: () => void) => () => void;
  readonly onChange: () => void;
}

/** Outside, until `enter`. */
export function createRoomKeeper(options: RoomKeeperOptions): RoomKeeper {
  return new Keeper(options);
}

class Keeper implements RoomKeeper {
  readonly #options: RoomKeeperOptions;
  readonly #givenAtMs: number;
  #isFirst = true;
  #status: ProviderStatus = "idle";
  #refusal: ErrorCode | null = null;
  /** Counts wishes to be in or out, so that an overtaken way in comes to nothing. */
  #wish = 0;
  #endWait: () => void = () => undefined;

  constructor(options: RoomKeeperOptions) {
    this.#options = options;
    this.#givenAtMs = options.now();
    options.room
      .on(RoomEvent.ConnectionStateChanged, this.#stateChanged)
      .on(RoomEvent.Disconnected, this.#disconnected);
  }

  readonly status = (): ProviderStatus => this.#status;
  readonly refusal = (): ErrorCode | null => this.#refusal;

  readonly enter = async (): Promise<void> => {
    this.#show("connecting");
    await this.#tryUntilIn();
  };

  readonly leave = async (): Promise<void> => {
    this.#wish += 1;
    this.#endWait();
    this.#show("idle");
    await this.#options.room.disconnect(false);
  };

  async #tryUntilIn(): Promise<void> {
    const wish = ++this.#wish;
    for (let attempt = 1; wish === this.#wish; attempt += 1) {
      const failure = await this.#tryOnce(wish);
      if (failure === "in" || wish !== this.#wish) return;
      if (!errorTable[failure].retryable) {
        this.#refuse(failure);
        return;
      }
      await this.#wait(backoffDelayMs(attempt, this.#options.random()));
    }
  }

  async #tryOnce(wish: number): Promise<"in" | ErrorCode> {
    try {
      const { url, token } = await this.#nextCall();
      if (wish !== this.#wish) return "unavailable";
      await this.#options.room.connect(url, token);
      if (wish === this.#wish) this.#show("connected");
      return "in";
    } catch (error) {
      // What LiveKit throws says too little to give up for: the API, asked next, knows who may not come in.
      return error instanceof DarasaError ? error.code : "unavailable";
    }
  }

  async #nextCall(): Promise<MediaCall> {
    const { call, renew, now } = this.#options;
    const isUsable = this.#isFirst && isFresh(call, this.#givenAtMs, now());
    this.#isFirst = false;
    return isUsable ? call : renew();
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#options.after(delayMs, resolve);
      this.#endWait = () => {
        cancel();
        resolve();
      };
    });
  }

  /** What LiveKit mends by itself: connected ⇄ reconnecting. */
  readonly #stateChanged = (state: ConnectionState): void => {
    if (this.#status !== "connected" && this.#status !== "reconnecting") return;
    if (state === ConnectionState.Connected) this.#show("connected");
    else if (state !== ConnectionState.Disconnected) this.#show("reconnecting");
  };

  /** LiveKit has given up, or put one out. A way in that failed is told by `connect`. */
  readonly #disconnected = (reason: DisconnectReason | undefined): void => {
    if (this.#status !== "connected" && this.#status !== "reconnecting") return;
    const refusal = refusalAfter(reason);
    if (refusal !== null) {
      this.#wish += 1;
      this.#refuse(refusal);
      return;
    }
    this.#show("reconnecting");
    void this.#tryUntilIn();
  };

  #refuse(code: ErrorCode): void {
    this.#refusal = code;
    this.#show("refused");
  }

  #show(status: ProviderStatus): void {
    this.#status = status;
    if (status !== "refused") this.#refusal = null;
    this.#options.onChange();
  }
}
