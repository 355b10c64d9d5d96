import { closeReasons } from "@darasa/protocol";
import type { Frame } from "../publish/publisher.ts";
import type { Connection, ConnectionListener, Route, TransportObserver } from "./transport.ts";
import type { AcceptedUpgrade } from "./upgrade.ts";
import type { Strangers } from "./strangers.ts";

/** What both libraries' connections need besides the socket. */
export interface TransportSurroundings {
  readonly policy: { readonly strangers: Strangers };
  readonly observer: TransportObserver;
}

/** The life of one connection, whatever library carries it: opened, admitted and closed at most once. */
export class ConnectionLife {
  readonly route: Route;
  readonly remoteAddress: string;
  /** Null once the place among strangers was given back. */
  #upgrade: AcceptedUpgrade | null;
  readonly #surroundings: TransportSurroundings;
  #listener: ConnectionListener | null = null;
  #isOver = false;
  #wasSlow = false;
  #waiting: (() => void)[] | null = null;

  /** Takes over the place among strangers that the upgrade took. */
  constructor(upgrade: AcceptedUpgrade, surroundings: TransportSurroundings) {
    this.route = upgrade.route;
    this.remoteAddress = upgrade.request.remoteAddress;
    this.#upgrade = upgrade;
    this.#surroundings = surroundings;
  }

  open(connection: Connection): void {
    this.#surroundings.observer.opened();
    if (this.#upgrade === null) return;
    this.#listener = this.route.handler.opened(connection, this.#upgrade.request);
  }

  admitted(): void {
    const upgrade = this.#upgrade;
    if (upgrade === null) return;
    this.#upgrade = null;
    this.#surroundings.policy.strangers.leave(upgrade.stranger);
  }

  /** Hands a frame of `bytes` on, or ends the connection when it is too long. */
  receive(connection: Connection, frame: Frame, bytes: number): void {
    if (this.#isOver) return;
    if (bytes > this.route.maxFrameBytes) {
      if (this.route.tooLargeReply !== null) connection.send(this.route.tooLargeReply);
      connection.close(closeReasons.frame_too_large);
      return;
    }
    this.#listener?.received(frame);
  }

  /** Resolves with the next `drained` or with the end. */
  waitForDrain(): Promise<void> {
    if (this.#isOver) return Promise.resolve();
    return new Promise((resolve) => (this.#waiting ??= []).push(resolve));
  }

  drained(): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const resolve of waiting ?? []) resolve();
  }

  /** A frame could not be queued: the library cuts the peer, and it was for this. */
  wasSlow(): void {
    this.#wasSlow = true;
  }

  /** The connection is over. The listener hears it a moment later, never inside the call that ended it. */
  finish(code: number): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.admitted();
    this.drained();
    this.#surroundings.observer.closed(this.#wasSlow ? closeReasons.slow.code : code);
    queueMicrotask(() => {
      this.#listener?.closed(code);
      this.#listener = null;
    });
  }
}
