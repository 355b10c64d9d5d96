import { randomUUID } from "node:crypto";
import type { RawData, WebSocket } from "ws";
import { closeReasons, type CloseReason } from "@darasa/protocol";
import type { Channel, Frame } from "../publish/publisher.ts";
import type { ConnectionLife } from "./connectionLife.ts";
import { closeGraceMs } from "./heartbeat.ts";
import type { Connection } from "./transport.ts";

/** Who gets what is published. */
export type Channels = Map<Channel, Set<WsConnection>>;

/** A connection on `ws`. */
export class WsConnection implements Connection {
  readonly connectionId = randomUUID();
  readonly remoteAddress: string;
  readonly #socket: WebSocket;
  readonly #life: ConnectionLife;
  readonly #channels: Channels;
  readonly #subscribed = new Set<Channel>();
  #isClosed = false;
  /** Pings since it last said something. */
  unanswered = 0;

  constructor(socket: WebSocket, life: ConnectionLife, channels: Channels) {
    this.#socket = socket;
    this.#life = life;
    this.#channels = channels;
    this.remoteAddress = life.remoteAddress;
  }

  send(frame: Frame): void {
    if (this.#isClosed) return;
    if (this.#socket.bufferedAmount > this.#life.route.maxBackpressureBytes) {
      this.close(closeReasons.slow);
      return;
    }
    this.#socket.send(frame, () => {
      if (this.#socket.bufferedAmount === 0) this.#life.drained();
    });
  }

  subscribe(channel: Channel): void {
    if (this.#isClosed) return;
    this.#subscribed.add(channel);
    const subscribers = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, subscribers.add(this));
  }

  unsubscribe(channel: Channel): void {
    this.#subscribed.delete(channel);
    const subscribers = this.#channels.get(channel);
    subscribers?.delete(this);
    if (subscribers?.size === 0) this.#channels.delete(channel);
  }

  bufferedBytes(): number {
    return this.#isClosed ? 0 : this.#socket.bufferedAmount;
  }

  drained(): Promise<void> {
    return this.bufferedBytes() === 0 ? Promise.resolve() : this.#life.waitForDrain();
  }

  admitted(): void {
    this.#life.admitted();
  }

  close({ code, reason }: CloseReason): void {
    if (this.#isClosed) return;
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), closeGraceMs).unref();
    this.finish(code);
  }

  ping(): void {
    this.unanswered += 1;
    if (this.unanswered > 2) this.#socket.terminate();
    else this.#socket.ping();
  }

  receive(data: RawData, isBinary: boolean): void {
    if (this.#isClosed) return;
    this.unanswered = 0;
    const bytes = data as Buffer;
    const frame = isBinary ? new Uint8Array(bytes) : bytes.toString("utf8");
    this.#life.receive(this, frame, bytes.length);
  }

  finish(code: number): void {
    this.#isClosed = true;
    for (const channel of [...this.#subscribed]) this.unsubscribe(channel);
    this.#life.finish(code);
  }
}
