import { randomUUID } from "node:crypto";
import type { WebSocket } from "uWebSockets.js";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Channel, Frame } from "../publish/publisher.ts";
import type { ConnectionLife } from "./connectionLife.ts";
import type { Connection } from "./transport.ts";

/** What a socket of uWebSockets.js carries. */
export interface SocketData {
  readonly life: ConnectionLife;
  connection: UwsConnection | null;
}

/** A connection on uWebSockets.js: touching its socket after the close would end the process. */
export class UwsConnection implements Connection {
  readonly connectionId = randomUUID();
  readonly remoteAddress: string;
  readonly #life: ConnectionLife;
  #socket: WebSocket<SocketData> | null;

  constructor(socket: WebSocket<SocketData>, life: ConnectionLife) {
    this.#socket = socket;
    this.#life = life;
    this.remoteAddress = life.remoteAddress;
  }

  send(frame: Frame): void {
    if (this.#socket === null) return;
    // The return of send() alone does not tell a slow peer (uWebSockets.js #1260).
    if (this.#socket.getBufferedAmount() > this.#life.route.maxBackpressureBytes) {
      this.close(closeReasons.slow);
      return;
    }
    this.#socket.send(frame, typeof frame !== "string");
  }

  subscribe(channel: Channel): void {
    this.#socket?.subscribe(channel);
  }

  unsubscribe(channel: Channel): void {
    this.#socket?.unsubscribe(channel);
  }

  bufferedBytes(): number {
    return this.#socket?.getBufferedAmount() ?? 0;
  }

  drained(): Promise<void> {
    return this.bufferedBytes() === 0 ? Promise.resolve() : this.#life.waitForDrain();
  }

  admitted(): void {
    this.#life.admitted();
  }

  close({ code, reason }: CloseReason): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.end(code, reason);
  }

  /** The socket is dead from now on. */
  lost(): void {
    this.#socket = null;
  }
}
